"""The plug-in by which a worker of Dask ends the tools that it has started."""

from __future__ import annotations

from distributed import Worker, WorkerPlugin

from boilerbench.cluster.node import close_node


class Closing(WorkerPlugin):
    """Ends the tools of a process when Dask ends the process."""

    name = "boilerbench"

    def teardown(self, worker: Worker) -> None:
        """End them."""
        close_node()
