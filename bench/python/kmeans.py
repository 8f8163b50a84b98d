"""scikit-learn's KMeans, asked line by line: "k seed" on the input, "seconds inertia iterations" on the output.

Arguments: a file of float32 vectors, row-major, and their dimension.
"""
import sys
import time

import numpy
import sklearn
from sklearn.cluster import KMeans

vectors = numpy.fromfile(sys.argv[1], dtype=numpy.float32).reshape(-1, int(sys.argv[2]))
KMeans(2, n_init=1, max_iter=2, random_state=0).fit(vectors[:1000])
print(f"scikit-learn {sklearn.__version__}", flush=True)
for line in sys.stdin:
    clusters, seed = map(int, line.split())
    start = time.perf_counter()
    fitted = KMeans(clusters, n_init=1, random_state=seed).fit(vectors)
    print(time.perf_counter() - start, fitted.inertia_, fitted.n_iter_, flush=True)
