"""A run on a cluster: Dask takes shards to its workers, which are started by Dask's own tools."""

from __future__ import annotations

from boilerbench.cluster.client import Cluster, run_on_cluster
from boilerbench.cluster.node import job_of

__all__ = ["Cluster", "job_of", "run_on_cluster"]
