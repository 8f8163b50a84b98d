// What ChatAnalysis asks of FAISS, as plain C functions. No C++ exception leaves: every function returns 0, or -1 and
// cfaiss_last_error tells why. The declarations on the other side are in ../FaissNative.cs.
#include <faiss/IndexIDMap.h>
#include <faiss/IndexScalarQuantizer.h>
#include <faiss/impl/FaissAssert.h>
#include <faiss/impl/io.h>
#include <faiss/index_io.h>
#include <faiss/utils/distances.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

using faiss::Index;
using id_t_ = Index::idx_t;

thread_local std::string last_error;

// A single query is twice as fast through BLAS as through FAISS's own loop.
[[maybe_unused]] const int blas_threshold = faiss::distance_compute_blas_threshold = 1;

template <typename Action>
int guarded(Action&& action) noexcept {
    try {
        action();
        return 0;
    } catch (const std::exception& e) {
        try {
            last_error = e.what();
        } catch (...) {
            last_error.clear();
        }
    } catch (...) {
        last_error = "unknown C++ exception";
    }
    return -1;
}

/// The two layers of an index made by cfaiss_create; throws for any other index.
struct HalfIndex {
    faiss::IndexIDMap2* map;
    faiss::IndexScalarQuantizer* store;

    explicit HalfIndex(Index* index) : map(dynamic_cast<faiss::IndexIDMap2*>(index)) {
        store = map ? dynamic_cast<faiss::IndexScalarQuantizer*>(map->index) : nullptr;
        FAISS_THROW_IF_NOT_MSG(
                store && store->metric_type == faiss::METRIC_INNER_PRODUCT &&
                        store->sq.qtype == faiss::ScalarQuantizer::QT_fp16,
                "not an IndexIDMap2 over half-precision vectors under the inner product");
        FAISS_THROW_IF_NOT_MSG(
                map->ntotal == store->ntotal && size_t(map->ntotal) == map->id_map.size() &&
                        map->id_map.size() == map->rev_map.size() && map->d == store->d &&
                        store->code_size == sizeof(uint16_t) * store->d &&
                        store->codes.size() == store->code_size * store->ntotal,
                "the index contradicts itself about how many vectors it holds");
    }

    uint8_t* row(id_t_ position) { return store->codes.data() + position * store->code_size; }

    void resize(id_t_ count) {
        // Where memory runs out half-way, the next call's check finds the counts at odds.
        store->codes.resize(count * store->code_size);
        map->id_map.resize(count);
        map->ntotal = store->ntotal = count;
    }
};

} // namespace

EXPORT const char* cfaiss_last_error() { return last_error.c_str(); }

EXPORT int cfaiss_create(int dimension, Index** created) {
    return guarded([&] {
        auto store = std::make_unique<faiss::IndexScalarQuantizer>(
                dimension, faiss::ScalarQuantizer::QT_fp16, faiss::METRIC_INNER_PRODUCT);
        auto map = std::make_unique<faiss::IndexIDMap2>(store.get());
        map->own_fields = true;
        store.release();
        *created = map.release();
    });
}

EXPORT int cfaiss_read(const char* path, Index** read) {
    return guarded([&] { *read = faiss::read_index(path); });
}

EXPORT int cfaiss_write(Index* index, const char* path) {
    return guarded([&] {
        // Not by path: FAISS then only prints it when the last bytes cannot be written at the closing.
        std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path, "wb"), std::fclose);
        FAISS_THROW_IF_NOT_FMT(file, "could not open %s for writing: %s", path, std::strerror(errno));
        faiss::write_index(index, file.get());
        FAISS_THROW_IF_NOT_FMT(std::fclose(file.release()) == 0, "could not write %s: %s", path, std::strerror(errno));
    });
}

EXPORT void cfaiss_free(Index* index) { delete index; }

EXPORT int cfaiss_describe(Index* index, int* dimension, int64_t* count) {
    *dimension = index->d;
    *count = index->ntotal;
    return 0;
}

EXPORT int cfaiss_search(Index* index, int64_t queries, const float* x, int64_t k, float* scores, int64_t* ids) {
    return guarded([&] { index->search(queries, x, k, scores, ids); });
}

/// Where the ids and the half-precision vectors lie, until the next change.
EXPORT int cfaiss_contents(Index* index, const int64_t** ids, const uint16_t** vectors) {
    return guarded([&] {
        HalfIndex half(index);
        *ids = half.map->id_map.data();
        *vectors = reinterpret_cast<const uint16_t*>(half.store->codes.data());
    });
}

/// The position of each id, -1 where it is unknown.
EXPORT int cfaiss_positions(Index* index, int64_t count, const int64_t* ids, int64_t* positions) {
    return guarded([&] {
        HalfIndex half(index);
        for (int64_t i = 0; i < count; i++) {
            auto found = half.map->rev_map.find(ids[i]);
            positions[i] = found == half.map->rev_map.end() ? -1 : found->second;
        }
    });
}

/// Adds vectors that are in half precision already; a vector whose id is known takes the old one's place.
EXPORT int cfaiss_upsert(Index* index, int64_t count, const int64_t* ids, const uint16_t* vectors) {
    return guarded([&] {
        HalfIndex half(index);
        const auto* source = reinterpret_cast<const uint8_t*>(vectors);
        for (int64_t i = 0; i < count; i++) {
            auto known = half.map->rev_map.find(ids[i]);
            const id_t_ position = known == half.map->rev_map.end() ? half.map->ntotal : known->second;
            if (known == half.map->rev_map.end()) {
                half.map->rev_map.emplace(ids[i], position);
                half.resize(position + 1);
                half.map->id_map[position] = ids[i];
            }
            std::memcpy(half.row(position), source + i * half.store->code_size, half.store->code_size);
        }
    });
}

/// Removes vectors; unknown ids are passed over. The last vector moves into the gap, so that the cost does not grow with the index.
EXPORT int cfaiss_remove(Index* index, int64_t count, const int64_t* ids) {
    return guarded([&] {
        HalfIndex half(index);
        for (int64_t i = 0; i < count; i++) {
            auto known = half.map->rev_map.find(ids[i]);
            if (known == half.map->rev_map.end())
                continue;
            const id_t_ gap = known->second, last = half.map->ntotal - 1;
            half.map->rev_map.erase(known);
            if (gap != last) {
                std::memcpy(half.row(gap), half.row(last), half.store->code_size);
                half.map->id_map[gap] = half.map->id_map[last];
                half.map->rev_map[half.map->id_map[gap]] = gap;
            }
            half.resize(last);
        }
    });
}
