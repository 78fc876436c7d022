"""Runs of tokens of some sequences, looked for in a long text in linear time.

A token is a character. The automaton is that of Blumer et al. (1985), "The smallest automaton recognizing the
subwords of a text", over the sequences read backwards; its states are then the nodes of the suffix tree of
the sequences, so that the places at which a run begins in a text are those of a node and of all below it.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int32]

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


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The tokens of a text at which runs of an automaton's sequences begin."""

    positions: Integers
    """Indexes of tokens, by the rank of the node of the longest run there, then as in the text."""
    below: list[tuple[int, int]]
    """By node, the first and last of those positions that are of the node or of one below it."""
    first: list[int]
    """By node, the lowest of them."""
    deepest: list[int]
    """By node, the deepest node on the way to it of which a run is in the text."""
    longest: list[int]
    """By node, the number of tokens of its longest run of which the text has the beginning."""


def occurrences(automaton: SuffixAutomaton, text: str) -> Occurrences:
    """Find the runs of an automaton's sequences in a text."""
    import numpy as np

    nodes, found = automaton.longest_runs(text)
    positions = np.flatnonzero(found).astype(np.int32)
    ranks = automaton.ranks[nodes[positions]]
    positions = positions[np.argsort(ranks, kind="stable")]
    number = len(automaton.links)
    bounds = np.concatenate(([0], np.cumsum(np.bincount(ranks, minlength=number))))
    begins, ends, own = bounds[automaton.ranks], bounds[automaton.ends], bounds[automaton.ranks + 1]
    below = list(zip(begins.tolist(), ends.tolist(), strict=True))
    # The node's own positions come first, in the order of the text.
    longest_own = np.zeros(number, np.int64)
    np.maximum.at(longest_own, nodes[positions], found[positions])
    has_own = own > begins
    first_own = np.full(number, len(text), np.int64)
    first_own[has_own] = positions[begins[has_own]]
    first, goes_on = first_own.tolist(), (ends > own).tolist()
    for node in reversed(automaton.by_length[1:]):
        parent = automaton.links[node]
        first[parent] = min(first[parent], first[node])
    deepest, longest = [ROOT] * number, longest_own.tolist()
    for node in automaton.by_length[1:]:
        begin, end = below[node]
        if begin == end:
            parent = automaton.links[node]
            deepest[node], longest[node] = deepest[parent], longest[parent]
        else:
            deepest[node] = node
            if goes_on[node]:
                longest[node] = automaton.lengths[node]
    return Occurrences(positions, below, first, deepest, longest)
