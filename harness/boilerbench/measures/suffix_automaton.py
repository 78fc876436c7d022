"""Runs of tokens of some sequences, looked for in a long text in linear time.

A token is a character. The automaton is that of Blumer et al. (1985), "The smallest automaton recognizing the
subwords of a text", over the sequences read backwards; its states are then the nodes of the suffix tree of
the sequences, so that the places at which a run begins in a text are those of a node and of all below it.
"""

from __future__ import annotations

import functools
import sys
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.signedinteger[Any]]

ROOT = 0


class SuffixAutomaton:
    """Every run of tokens of some sequences, as a node and a length.

    A node stands for the runs that begin at the same tokens of the sequences, from the longest, of
    ``lengths[node]`` tokens, to those that are longer than ``lengths[links[node]]``.
    """

    def __init__(self, sequences: Sequence[str]) -> None:
        self.links = [ROOT]
        self.lengths = [0]
        self._steps: list[dict[str | int, int]] = [{}]
        self.starts: list[list[int]] = []
        """By sequence and token, the node of what begins there and goes on to the end of all sequences."""
        last = ROOT
        for number, sequence in enumerate(reversed(sequences)):
            starts = []
            for token in reversed(sequence):
                last = self._extended(last, token)
                starts.append(last)
            starts.reverse()
            self.starts.append(starts)
            # A token of its own, so that no run goes on into another sequence.
            last = self._extended(last, number)
        self.starts.reverse()
        self._order_nodes()

    def _extended(self, last: int, token: str | int) -> int:
        """Add a token to what was read so far; return the node of all of it."""
        links, lengths, steps = self.links, self.lengths, self._steps
        new = len(links)
        links.append(ROOT)
        lengths.append(lengths[last] + 1)
        steps.append({})
        node: int = last
        while token not in steps[node]:
            steps[node][token] = new
            if node == ROOT:
                return new
            node = links[node]
        following = steps[node][token]
        if lengths[following] != lengths[node] + 1:
            copy = len(links)
            links.append(links[following])
            lengths.append(lengths[node] + 1)
            steps.append(steps[following].copy())
            while steps[node].get(token) == following:
                steps[node][token] = copy
                if node == ROOT:
                    break
                node = links[node]
            links[following] = copy
            following = copy
        links[new] = following
        return new

    def _order_nodes(self) -> None:
        """Number the nodes so that those below a node follow it, and find ancestors at powers of two."""
        import numpy as np

        links = np.array(self.links, np.int32)
        self.by_length = np.argsort(np.array(self.lengths), kind="stable").tolist()
        sizes = [1] * len(links)
        for node in reversed(self.by_length[1:]):
            sizes[self.links[node]] += sizes[node]
        ranks = [0] * len(links)
        free = [1] * len(links)
        for node in self.by_length[1:]:
            parent = self.links[node]
            ranks[node] = free[parent]
            free[parent] += sizes[node]
            free[node] = ranks[node] + 1
        self.ranks = np.array(ranks, np.int32)
        self.ends = self.ranks + np.array(sizes, np.int32)
        self.parents, self.lengths_of = np.array(self.links), np.array(self.lengths)
        self._ancestors = [self.links]
        while links.any():
            links = links[links]
            self._ancestors.append(links.tolist())

    def node_of(self, node: int, length: int) -> int:
        """The node of the first ``length`` tokens of the runs of a node."""
        lengths = self.lengths
        for ancestors in reversed(self._ancestors):
            above = ancestors[node]
            if lengths[above] >= length:
                node = above
        return node

    def longest_runs(self, text: str) -> tuple[Integers, Integers]:
        """For each token of a text, the longest run of the sequences that begins there: node and length."""
        import numpy as np

        steps, links, lengths = self._steps, self.links, self.lengths
        nodes, found = array("i", bytes(4 * len(text))), array("i", bytes(4 * len(text)))
        known = steps[ROOT]
        node = length = 0
        index = len(text)
        for token in reversed(text):
            index -= 1
            following = steps[node].get(token)
            if following is None:
                if token not in known:
                    node = length = 0
                    continue
                while following is None:
                    node = links[node]
                    following = steps[node].get(token)
                length = lengths[node]
            node = following
            length += 1
            nodes[index] = node
            found[index] = length
        return np.frombuffer(nodes, np.int32), np.frombuffer(found, np.int32)


class Occurrences:
    """The tokens of a text at which runs of an automaton's sequences begin."""

    deepest: list[int]
    """By node, the deepest node on the way to it of which a run is in the text."""
    longest: list[int]
    """By node, the number of tokens of its longest run that the text has, from the first."""

    def __init__(self, automaton: SuffixAutomaton, text: str) -> None:
        import numpy as np

        nodes, found = automaton.longest_runs(text)
        positions = np.flatnonzero(found).astype(np.int32)
        ranks = automaton.ranks[nodes[positions]]
        self._automaton = automaton
        self._positions = positions[np.argsort(ranks, kind="stable")]
        """By the rank of the node of the longest run that begins there, then as in the text."""
        bounds = np.zeros(len(automaton.ranks) + 1, np.int64)
        np.cumsum(np.bincount(ranks, minlength=len(automaton.ranks)), out=bounds[1:])
        begins, own, ends = bounds[automaton.ranks], bounds[automaton.ranks + 1], bounds[automaton.ends]
        self._below: list[tuple[int, int]] = list(zip(begins.tolist(), ends.tolist(), strict=True))
        """By node, the first and the last of those positions that are its own or of a node below it."""
        self.deepest, self.longest = self._reached(begins, own, ends, found[self._positions])

    def _reached(
        self, begins: Integers, own: Integers, ends: Integers, found: Integers
    ) -> tuple[list[int], list[int]]:
        import numpy as np

        nodes = np.arange(len(begins))
        deepest = np.where(begins < ends, nodes, self._automaton.parents)
        while (further := deepest[deepest] != deepest).any():
            deepest[further] = deepest[deepest[further]]
        # Where runs go on below a node, all of its own run is there.
        longest = self._automaton.lengths_of.copy()
        (last,) = np.nonzero((begins < own) & (own == ends))
        if len(last):
            by_rank = last[np.argsort(begins[last])]
            bounds = np.stack((begins[by_rank], own[by_rank]), axis=1).ravel()
            longest[by_rank] = np.maximum.reduceat(np.append(found, 0), bounds)[::2]
        longest[ROOT] = 0
        return deepest.tolist(), longest[deepest].tolist()

    def number(self, node: int) -> int:
        """The number of positions that may be those of a run of a node: all of them, and of shorter runs."""
        begin, end = self._below[node]
        return end - begin

    def positions(self, node: int) -> Integers:
        """Those positions, in no order."""
        begin, end = self._below[node]
        return self._positions[begin:end]

    def first(self, node: int) -> int:
        """The lowest of those positions."""
        return self._first[node]

    @functools.cached_property
    def _first(self) -> list[int]:
        import numpy as np

        automaton = self._automaton
        first = np.full(len(automaton.links), sys.maxsize)
        begins, ends = np.array(self._below).T
        own = np.flatnonzero(begins < ends)
        # A node's own positions are in the order of the text; where it has none, those of one below it.
        first[own] = self._positions[begins[own]]
        lowest: list[int] = first.tolist()
        for node in reversed(automaton.by_length[1:]):
            parent = automaton.links[node]
            lowest[parent] = min(lowest[parent], lowest[node])
        return lowest
