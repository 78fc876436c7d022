"""The options of a run that the workers of a Dask cluster make."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from boilerbench.errors import InputError

if TYPE_CHECKING:
    from boilerbench.cluster import Cluster

Function = TypeVar("Function", bound=Callable[..., Any])

NAMES = ("engine", "scheduler", "shared")
"""The parameters that the options give."""


def options(function: Function) -> Function:
    """``--engine``, ``--scheduler`` and ``--shared``."""
    engine = click.option(
        "--engine",
        type=click.Choice(["local", "dask"]),
        default="local",
        show_default=True,
        help="What does the work: this process, or the workers of a Dask cluster (boilerbench[cluster]).",
    )
    scheduler = click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="With dask: the address of dask scheduler. Default: workers on this machine, --jobs of them.",
    )
    shared = click.option(
        "--shared",
        metavar="URL",
        help="With dask: where shards are kept until they are joined, a path that all machines see or an "
        "fsspec URL. Default: beside the run's folder.",
    )
    return engine(scheduler(shared(function)))


def asked_for(engine: str, scheduler: str | None, shared: str | None, jobs: int | None) -> Cluster | None:
    """Return where the work is to be done; None for this process.

    Raises:
        InputError: an address without a cluster, or Dask is not installed.
    """
    if engine == "local":
        if scheduler or shared:
            raise InputError("--scheduler and --shared are of a cluster; add --engine dask")
        return None
    if importlib.util.find_spec("distributed") is None:
        raise InputError("the engine dask is not installed; install boilerbench[cluster]")
    from boilerbench.cluster import Cluster

    return Cluster(scheduler, shared, workers=jobs)
