"""Reuse of extractions: those of earlier runs that are taken, and those that later runs may take."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Mapping

from boilerbench.cache import Cache, extraction_key
from boilerbench.folders import temporary_folder
from boilerbench.records import Extraction
from boilerbench.runner.inputs import FileMarks, Inputs, UnknownInputsError
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.prepare import Prepared
from boilerbench.runner.process import Worker
from boilerbench.unfinished import Session


class Reuse:
    """The cache as one run uses it.

    An extraction is taken only if all that decided it is known to be the same: what is known before it is
    made (page, tool, options, environment, source) is its key; what its worker has read besides is looked at
    again. What is made is kept for this run, and shared with others when the run ends and all that it was
    made from is known and has not changed meanwhile.
    """

    def __init__(
        self,
        cache: Cache | None,
        session: Session | None,
        workers: Mapping[str, Prepared],
        limits: WorkerLimits,
        remark: Callable[[str], None],
        marks: FileMarks | None = None,
    ) -> None:
        self.marks = marks or FileMarks()
        self._cache = cache
        self._session = session
        self._workers = workers
        self._limits = limits
        self._remark = remark
        self._valid: dict[bytes, bool] = {}
        self._fingerprints: dict[str, str] = {}
        self._kept: dict[bytes, tuple[str, Inputs]] = {}

    def find(self, document: str, page: str, name: str) -> Extraction | None:
        """Return the extraction of a document's page, by its digest, that was made before."""
        if self._cache is None:
            return None
        worker = self._workers[name]
        extraction = self._cache.find(
            self._key(page, worker),
            str(self._limits),
            document,
            name,
            run=self._session.token if self._session else "",
            valid=lambda inputs: self._is_valid(inputs, worker),
        )
        if extraction is not None and worker.version:
            extraction = dataclasses.replace(extraction, version=worker.version)
        return extraction

    def keep(self, extraction: Extraction, inputs: Inputs, page: str) -> None:
        """Store an extraction and what it was made from."""
        if self._cache is None:
            return
        if self._session is None and inputs.unknown and not inputs.fingerprint:
            return
        for link in inputs.chain():
            if link.id in self._kept:
                break
            self._kept[link.id] = (extraction.extractor, link)
            facts = {"marks": link.marks, "unknown": link.unknown, "fingerprint": link.fingerprint}
            self._cache.keep_inputs(link.id, link.parent.id if link.parent else None, facts)
        if self._session is not None:
            self._session.used = True
        key = self._key(page, self._workers[extraction.extractor])
        run = self._session.token if self._session else ""
        self._cache.keep(key, str(self._limits), extraction, run=run, inputs=inputs.id)

    def finish(self) -> None:
        """Share what later runs may take, and say of which extractors they may take nothing."""
        if self._cache is None:
            return
        trees = {
            name: all(tree.unchanged(worker.covered) for tree in worker.trees if not tree.unknown)
            for name, worker in self._workers.items()
        }
        shared, reasons = [], {}
        for name, inputs in self._kept.values():
            reason = "" if inputs.fingerprint else inputs.unknown
            if not reason and not trees[name]:
                reason = "its source was changed during the run"
            if not reason and not all(
                self.marks.unchanged(path) for link in inputs.chain() for path in link.marks
            ):
                reason = "what it reads was changed during the run"
            if reason:
                reasons[name] = reason
            else:
                shared.append(inputs.id)
        if self._session is not None:
            self._cache.share(self._session.token, shared)
        for name, reason in reasons.items():
            self._remark(f"{name}: no later run takes over what it returned ({reason})")

    def _key(self, page: str, worker: Prepared) -> bytes:
        return extraction_key(page=page, **worker.identity)

    def _is_valid(self, inputs: bytes, worker: Prepared) -> bool:
        if inputs not in self._valid:
            # In a damaged cache an entry may be its own parent.
            self._valid[inputs] = False
            self._valid[inputs] = self._look(inputs, worker)
        return self._valid[inputs]

    def _look(self, inputs: bytes, worker: Prepared) -> bool:
        assert self._cache is not None
        stored = self._cache.inputs(inputs)
        if stored is None:
            return False
        parent, facts = stored
        if parent is not None and not self._is_valid(parent, worker):
            return False
        if facts["fingerprint"] and facts["fingerprint"] != self._fingerprint(worker):
            return False
        try:
            return all(self.marks.mark(path) == mark for path, mark in facts["marks"].items())
        except UnknownInputsError:
            return False

    def _fingerprint(self, worker: Prepared) -> str:
        """Return what an extractor says of itself now; it is started for that, once."""
        if worker.name not in self._fingerprints:
            with temporary_folder() as home:
                started = Worker(worker, self._limits, home.path, threading.Event())
                try:
                    started.ready()
                finally:
                    started.kill()
            self._fingerprints[worker.name] = started.inputs.fingerprint
        return self._fingerprints[worker.name]
