# make run      installs what is missing, builds, and serves on 127.0.0.1:$(PORT) with its data in $(DATA_DIR)
# make cluster  the same with SILOS processes that share the work, a gateway, and a RabbitMQ broker between them
# make test     installs, builds, and runs all tests
# make soak     kills and restarts the service ROUNDS times, does harm to a cluster CLUSTER_ROUNDS times, and counts what is
#               there afterwards
# make fuzz   reads INPUTS exports that were damaged at random
# make bench    measures; BENCH="upload search" picks some
PORT ?= 5000
DATA_DIR ?= ./data
SILOS ?= 3
ROUNDS ?= 100
INPUTS ?= 100000
CLUSTER_ROUNDS ?= $(if $(filter file,$(origin ROUNDS)),10,$(ROUNDS))
BENCH ?=

RUN_PACKAGES = g++ libfaiss-dev libopenblas0-pthread libopenblas-dev $(if $(shell command -v npm),,npm)
CLUSTER_PACKAGES = rabbitmq-server
TEST_PACKAGES = curl python3-faiss $(CLUSTER_PACKAGES)
BENCH_PACKAGES = python3-sklearn

NPM_PACKAGES = OnnxRuntime/native/node_modules/.package-lock.json
SHIM = Faiss/native/libchatanalysis_faiss.so
GATEWAY = .make/program/ChatAnalysis.Gateway.dll
PROJECT_FILES = Directory.Build.props Directory.Packages.props global.json BannedSymbols.txt .editorconfig
sources = $(shell find $(1) -name bin -prune -o -name obj -prune -o -name node_modules -prune -o -type f -print)
GATEWAY_SOURCES = $(PROJECT_FILES) $(call sources,Grains.Interfaces Grains Cluster Silo Gateway OnnxRuntime/*.cs* Faiss/*.cs*)

DOTNET_BUILD = -c Release -nologo -v quiet -nodeReuse:false -p:RestoreLockedMode=true

.PHONY: run cluster test soak fuzz bench build packages cluster-packages test-packages clean

run: build
	@exec env PORT=$(PORT) DATA_DIR=$(DATA_DIR) dotnet $(GATEWAY)

cluster: build cluster-packages
	@exec env PORT=$(PORT) DATA_DIR=$(DATA_DIR) SILOS=$(SILOS) deploy/cluster

build: packages $(GATEWAY)

packages:
	@deploy/install-packages $(RUN_PACKAGES)

cluster-packages:
	@deploy/install-packages $(CLUSTER_PACKAGES)

test-packages:
	@deploy/install-packages $(TEST_PACKAGES)

$(NPM_PACKAGES): OnnxRuntime/native/package.json OnnxRuntime/native/package-lock.json | packages
	cd OnnxRuntime/native && npm ci --silent --ignore-scripts
	@touch $@

$(SHIM): $(wildcard Faiss/native/*.cpp Faiss/native/Makefile) | packages
	$(MAKE) --silent -C Faiss/native

$(GATEWAY): $(GATEWAY_SOURCES) $(NPM_PACKAGES) $(SHIM)
	dotnet publish Silo $(DOTNET_BUILD) -o $(@D)
	dotnet publish Gateway $(DOTNET_BUILD) -o $(@D)
	@touch $@

# The results are kept as .trx files, from which .ci/run counts. A test that hangs is named and ends the run.
test: build test-packages
	dotnet build Tests $(DOTNET_BUILD)
	rm -rf TestResults
	dotnet test Tests -c Release --no-build --nologo --logger "trx" --results-directory TestResults \
		--blame-hang --blame-hang-timeout 5m --blame-hang-dump-type none $(TEST_ARGUMENTS)

soak: build test-packages
	dotnet build Tests $(DOTNET_BUILD)
	CHATANALYSIS_SOAK_ROUNDS=$(ROUNDS) CHATANALYSIS_CLUSTER_SOAK_ROUNDS=$(CLUSTER_ROUNDS) dotnet test Tests -c Release --no-build --nologo \
		--filter 'FullyQualifiedName~KillSoak|FullyQualifiedName~ClusterSoak' --logger "console;verbosity=detailed"

fuzz: build test-packages
	dotnet build Tests $(DOTNET_BUILD)
	CHATANALYSIS_FUZZ_INPUTS=$(INPUTS) dotnet test Tests -c Release --no-build --nologo \
		--filter 'FullyQualifiedName~FuzzTests' --logger "console;verbosity=detailed"

bench: build
	@deploy/install-packages $(BENCH_PACKAGES)
	dotnet build bench $(DOTNET_BUILD)
	dotnet bench/bin/Release/net10.0/ChatAnalysis.Bench.dll $(BENCH)

clean:
	rm -rf .make TestResults */bin */obj $(SHIM) OnnxRuntime/native/node_modules
