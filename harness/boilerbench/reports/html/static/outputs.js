// Two outputs of one page against each other: the words that either has alone, and which of them gold wants.
"use strict";

const MOST_CHANGES = 2000;
const WANTS = { leaked: "unwanted", optional: "optional" };

// Both outputs in pieces as the marks of a document come: a number for kept text, else length, mark, words.
function comparedOutputs(first, second, firstPieces, secondPieces, unit) {
  const sides = [wordsOf(first), wordsOf(second)];
  const [only, other] = unmatched(...sides);
  const says = unit === "word" ? "wanted" : "unknown";
  return [
    piecesOf(first, sides[0], only, "old", wantsOf(firstPieces, says)),
    piecesOf(second, sides[1], other, "new", wantsOf(secondPieces, says)),
  ];
}

// As the measures have it: a segment with a letter or a digit is a word. Where a browser cuts otherwise than ICU,
// as at the dot of a.example, its figures are a little others than those of the command line.
const IS_WORD = /[\p{L}\p{N}]/u;
const segmenter = new Intl.Segmenter("en", { granularity: "word" });

function wordsOf(text) {
  const words = [];
  let from = 0;
  text.split("\n").forEach((content, line) => {
    // Piece by piece, since a segmenter takes long for a long text.
    for (const piece of content.matchAll(/\S+/g)) {
      for (const { segment, index } of segmenter.segment(piece[0])) {
        const start = from + piece.index + index;
        const key = segment.normalize("NFC").toLowerCase();
        if (IS_WORD.test(segment)) words.push({ key, start, end: start + segment.length, line });
      }
    }
    from += content.length + 1;
  });
  return words;
}

// The indexes of the words that either side has alone: aligned line by line, then word by word; what is left
// over on both sides stands elsewhere.
function unmatched(one, other) {
  const kept = [new Set(), new Set()];
  const match = (at, to) => {
    kept[0].add(at);
    kept[1].add(to);
  };
  const lines = [linesOf(one), linesOf(other)];
  let from = [0, 0];
  const ends = [lines[0].length, lines[1].length];
  const pairs = commonPairs(...lines.map((each) => each.map((line) => line.key)));
  for (const [at, to] of [...pairs, ends]) {
    const hunks = [lines[0].slice(from[0], at), lines[1].slice(from[1], to)].map((each) =>
      each.flatMap((line) => line.words),
    );
    const words = commonPairs(
      hunks[0].map((index) => one[index].key),
      hunks[1].map((index) => other[index].key),
    );
    for (const [left, right] of words) match(hunks[0][left], hunks[1][right]);
    if (at < ends[0]) {
      lines[0][at].words.forEach((index, offset) => {
        match(index, lines[1][to].words[offset]);
      });
    }
    from = [at + 1, to + 1];
  }
  const rest = [one, other].map((words, side) => [...words.keys()].filter((index) => !kept[side].has(index)));
  return withoutMoved(rest, one, other);
}

function withoutMoved([left, right], one, other) {
  const waiting = new Map();
  for (const index of right) waiting.set(other[index].key, [...(waiting.get(other[index].key) ?? []), index]);
  const moved = new Set();
  const only = left.filter((index) => {
    const elsewhere = waiting.get(one[index].key)?.shift();
    if (elsewhere !== undefined) moved.add(elsewhere);
    return elsewhere === undefined;
  });
  return [new Set(only), new Set(right.filter((index) => !moved.has(index)))];
}

function linesOf(words) {
  const lines = new Map();
  words.forEach((word, index) => {
    const line = lines.get(word.line) ?? { keys: [], words: [] };
    line.keys.push(word.key);
    line.words.push(index);
    lines.set(word.line, line);
  });
  return [...lines.values()].map((line) => ({ key: line.keys.join(" "), words: line.words }));
}

// Pairs of indexes on a longest common subsequence, after Myers (1986), "An O(ND) Difference Algorithm"; none
// between texts that differ in more than MOST_CHANGES.
function commonPairs(one, other) {
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  const pairs = Array.from({ length: start }, (_, index) => [index, index]);
  const [a, b] = [one.slice(start), other.slice(start)];
  const most = Math.min(a.length + b.length, MOST_CHANGES);
  const reach = new Int32Array(2 * most + 3);
  const trace = [];
  for (let changes = 0; changes <= most; changes += 1) {
    // What was reached with one change less, from diagonal -changes - 1 on.
    trace.push(reach.slice(most - changes, most + changes + 3));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const [below, above] = [reach[most + diagonal], reach[most + diagonal + 2]];
      let x = changes && isDown(diagonal, changes, below, above) ? above : changes && below + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reach[most + diagonal + 1] = x;
      if (x >= a.length && x - diagonal >= b.length) {
        return [...pairs, ...walkedBack(trace, a.length, b.length).map(([i, j]) => [i + start, j + start])];
      }
    }
  }
  return pairs;
}

// Whether a diagonal is reached from the one above, by a word of the second text alone.
function isDown(diagonal, changes, below, above) {
  return diagonal === -changes || (diagonal !== changes && below < above);
}

function walkedBack(trace, length, width) {
  const pairs = [];
  let [x, y] = [length, width];
  for (let changes = trace.length - 1; changes >= 0; changes -= 1) {
    const diagonal = x - y;
    const [below, above] = [trace[changes][changes + diagonal], trace[changes][changes + diagonal + 2]];
    const down = isDown(diagonal, changes, below, above);
    const fromX = changes && (down ? above : below);
    const fromY = changes && fromX - (down ? diagonal + 1 : diagonal - 1);
    while (x > fromX + (down || !changes ? 0 : 1) && y > fromY + (down && changes ? 1 : 0)) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}

// What gold says at each place of an output, from its marks.
function wantsOf(pieces, otherwise) {
  const bounds = [];
  let done = 0;
  for (const piece of pieces) {
    const [length, mark] = Array.isArray(piece) ? piece : [piece];
    done += length;
    bounds.push([done, WANTS[mark] ?? otherwise]);
  }
  let index = 0;
  return (start) => {
    while (index < bounds.length && bounds[index][0] <= start) index += 1;
    return bounds[index]?.[1] ?? otherwise;
  };
}

function piecesOf(text, words, only, side, wants) {
  const pieces = [];
  let done = 0;
  let last = null;
  words.forEach((word, index) => {
    const want = wants(word.start);
    if (!only.has(index)) {
      last = null;
      return;
    }
    const mark = `${side}-${want}`;
    if (last && last[1] === mark && last.line === word.line) {
      last[0] += word.end - done;
      last[2] += 1;
    } else {
      if (word.start > done) pieces.push(word.start - done);
      last = Object.assign([word.end - word.start, mark, 1], { line: word.line });
      pieces.push(last);
    }
    done = word.end;
  });
  if (done < text.length) pieces.push(text.length - done);
  return pieces;
}
