"""Squared Euclidean distances between sample sets: screened in float32, decided in float64.

Nearly all pairs are far from any decision, so a float32 product with a proven error bound settles
them at half the price of a float64 one; the few that it cannot settle, and every distance that is
returned, are sums of squared float64 differences. Results are therefore those of float64, ties and
copies included, and do not depend on the size of a block.
"""

import numpy as np

from gan_keras.metrics import checks

MAX_BYTES = 256 * 2**20
LARGEST_BLOCK = 2048  # more rows at once do not make the products faster
UNDERFLOW = 1e-35  # of the largest squared norm: below it float32 bounds mean nothing
SPARE = 4  # candidates kept beyond the k-th neighbour, so that the bound nearly always suffices


class Screen:
    """Pairs between two sets, as float32 lower bounds on their distances and exact values.

    For centred x and y, [-2 x, |x|^2, 1] . [y, 1, |y|^2] = |x - y|^2 is one product, whose error in
    float32 is at most `slack` (|x|^2 + |y|^2) (the bound of Higham 2002, section 3.1, for a sum of
    width + 2 terms, and the rounding of its inputs). Norms shrunk by that much give a lower bound.

    Args:
        left: features (num, features).
        right: features (num_others, features); may be `left`.
        max_bytes: int, what blocks of samples and distances may take together.
    """

    def __init__(self, left, right, max_bytes=MAX_BYTES):
        width = left.shape[1]
        self.left, self.right, self.max_bytes = left, right, max_bytes
        self.center = left.mean(axis=0, dtype="float64")
        self.slack = (2 * width + 10) * 2.0**-24 * 1.05
        # A row of a block takes 24 bytes a feature (two blocks, and float64 on the way); a pair at
        # most 96 (its bound, place, norms and exact distance, should every pair be too close).
        side = int((-width + np.sqrt(width**2 + max_bytes / 1.5)) / 8)
        self.block = int(np.clip(side, 16, LARGEST_BLOCK))
        self.left_norms = self._norms(left)
        self.right_norms = self.left_norms if right is left else self._norms(right)
        # float32 must not overflow; a power of two changes no digit.
        largest = max(self.left_norms.max(), self.right_norms.max())
        if largest > 1e75:
            raise ValueError(
                f"Features reach {np.sqrt(largest):.1g}, too large to compare. Divide them first."
            )
        self.scale = 2.0 ** -round(np.log2(max(largest, 1e-60)) / 2)

    def rows(self):
        """Slices of `left`."""
        return _slices(len(self.left), self.block)

    def columns(self):
        """Slices of `right`."""
        return _slices(len(self.right), self.block)

    def left_block(self, rows):
        """float32 [-2 x, |x|^2, 1], ready for `lower_bounds`."""
        return self._augmented(self.left, self.left_norms, rows, -2.0, first=True)

    def lower_bounds(self, left_block, columns):
        """float32 (rows, columns): squared distances, scaled, that are never too large."""
        return (
            left_block @ self._augmented(self.right, self.right_norms, columns, 1.0, first=False).T
        )

    def scaled(self, squared):
        """Squared distances as `lower_bounds` has them."""
        return squared * self.scale**2

    def within(self, lower, row, column, *, left_radii=None, right_radii=None, closed=True):
        """Which pairs of a block lie in the ball of their left, or right, member.

        Args:
            lower: a block of `lower_bounds`.
            row: int, the place of its first row in `left`.
            column: int, the place of its first column in `right`.
            left_radii: squared radii of all of `left`, or None to use `right_radii`.
            right_radii: squared radii of all of `right`.
            closed: whether a pair at just the radius is inside. Defaults to True.

        Returns:
            (i, j): int64 places in `left` and `right`.
        """
        if left_radii is not None:
            limits = self.scaled(left_radii[row : row + len(lower), None])
        else:
            limits = self.scaled(right_radii[column : column + lower.shape[1]])
        i, j = np.nonzero(lower <= _round_up(limits))
        bounds = lower[i, j].astype("float64")
        i, j = i + row, j + column
        radii = left_radii[i] if left_radii is not None else right_radii[j]
        bounds += 2 * self.slack * self.scaled(self.left_norms[i] + self.right_norms[j]) + UNDERFLOW
        inside = bounds < self.scaled(radii) * (1 - 1e-12)
        unsure = np.flatnonzero(~inside)
        exact = self.exact(i[unsure], j[unsure])
        inside[unsure] = exact <= radii[unsure] if closed else exact < radii[unsure]
        return i[inside], j[inside]

    def exact(self, i, j):
        """float64: squared distances of the pairs left[i], right[j]; 0 for copies."""
        squared = np.empty(len(i))
        step = max(self.max_bytes // (32 * self.left.shape[1]), 1)
        step = min(step, max(2**18 // self.left.shape[1], 1))  # what fits in a cache is faster
        for start in range(0, len(i), step):
            part = slice(start, start + step)
            difference = self.left[i[part]].astype("float64") - self.right[j[part]]
            squared[part] = np.einsum("ij,ij->i", difference, difference)
        return squared

    def _augmented(self, samples, norms, rows, factor, *, first):
        width = samples.shape[1]
        block = np.empty((rows.stop - rows.start, width + 2), "float32")
        values = np.subtract(samples[rows], self.center, out=block[:, :width], casting="same_kind")
        values *= np.float32(factor * self.scale)
        block[:, width if first else width + 1] = self.scaled(norms[rows]) * (1 - self.slack)
        block[:, width + 1 if first else width] = 1.0
        return block

    def _norms(self, samples):
        norms = np.empty(len(samples))
        for rows in _slices(len(samples), 256):
            centred = samples[rows] - self.center
            norms[rows] = np.einsum("ij,ij->i", centred, centred)
        return norms


def _round_up(values):
    """float32 that is never less than the float64 it came from, nor than what underflows."""
    return np.nextafter((values + UNDERFLOW).astype("float32"), np.float32(np.inf))


def _slices(num, size):
    return [slice(start, min(start + size, num)) for start in range(0, num, size)]


def squared_radii(samples, ks, *, max_bytes=MAX_BYTES):
    """Squared distances from each sample to its k-th neighbours within its own set.

    Only the blocks on and above the diagonal are multiplied; each serves its rows and, turned over,
    its columns.

    Args:
        samples: features (num, features).
        ks: ints from 1 to num - 1; a sample is not its own neighbour.
        max_bytes: int. Defaults to 256 MiB.

    Returns:
        One float64 (num,) for each k.
    """
    screen = Screen(samples, samples, max_bytes)
    kept = min(max(ks) + SPARE, len(samples) - 1)
    bounds = np.full((len(samples), kept), np.inf, "float32")
    places = np.zeros((len(samples), kept), "int64")
    slices = screen.rows()
    for number, rows in enumerate(slices):
        left = screen.left_block(rows)
        for columns in slices[number:]:
            lower = screen.lower_bounds(left, columns)
            if columns == rows:
                np.fill_diagonal(lower, np.inf)
            else:
                _keep_smallest(bounds[columns], places[columns], lower.T, rows.start)
            _keep_smallest(bounds[rows], places[rows], lower, columns.start)
    num = np.arange(len(samples))
    exact = screen.exact(np.repeat(num, kept), places.ravel()).reshape(-1, kept)
    exact.sort(axis=1)
    radii = exact[:, np.array(ks) - 1]
    # A row is settled when nothing that was left out can be nearer than its largest radius.
    if kept < len(samples) - 1:
        open_rows = np.flatnonzero(
            bounds.max(axis=1) <= _round_up(screen.scaled(radii.max(axis=1)))
        )
        _settle(screen, open_rows, radii, np.array(ks))
    return list(radii.T)


def _keep_smallest(bounds, places, lower, start):
    """Put the smallest of each row of `bounds` and `lower`, and where they are, into the former."""
    kept = bounds.shape[1]
    lower = np.ascontiguousarray(lower)
    # Most rows of most blocks hold nothing near enough: one comparison finds the others.
    rows, columns = np.nonzero(lower < bounds.max(axis=1)[:, None])
    if len(rows) > lower.size // 8:
        chosen = np.argpartition(lower, min(kept, lower.shape[1]) - 1, axis=1)[:, :kept]
        rows = np.repeat(np.arange(len(lower)), chosen.shape[1])
        columns = chosen.ravel()
    values = lower[rows, columns]
    order = np.lexsort((values, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    first = np.searchsorted(rows, np.arange(len(lower)))
    rank = np.arange(len(rows)) - first[rows]
    near = rank < kept
    rows, rank = rows[near], rank[near]
    new_bounds = np.full(bounds.shape, np.inf, "float32")
    new_places = np.zeros(places.shape, "int64")
    new_bounds[rows, rank] = values[near]
    new_places[rows, rank] = columns[near] + start
    touched = np.unique(rows)
    both = np.concatenate([bounds[touched], new_bounds[touched]], axis=1)
    where = np.concatenate([places[touched], new_places[touched]], axis=1)
    best = np.argpartition(both, kept - 1, axis=1)[:, :kept]
    bounds[touched] = np.take_along_axis(both, best, axis=1)
    places[touched] = np.take_along_axis(where, best, axis=1)


def _settle(screen, open_rows, radii, ks):
    """Exact radii of the rows whose candidates were too close to call."""
    # Among copies all the others may be near: 64 bytes for each.
    at_once = int(np.clip(screen.max_bytes // (64 * len(screen.right)), 1, 64))
    for some in _slices(len(open_rows), at_once):
        members = open_rows[some]
        limits = _round_up(screen.scaled(radii[members].max(axis=1)))[:, None]
        lower = np.concatenate([screen.left_block(slice(member, member + 1)) for member in members])
        found = [[] for _ in members]
        for columns in screen.columns():
            rows, near = np.nonzero(screen.lower_bounds(lower, columns) <= limits)
            near = near + columns.start
            other = near != members[rows]
            rows, near = rows[other], near[other]
            exact = screen.exact(members[rows], near)
            for row in np.unique(rows):
                found[row].append(exact[rows == row])
        for row, member in enumerate(members):
            radii[member] = np.sort(np.concatenate(found[row]))[ks - 1]


def nearest_neighbours(samples, among, *, max_bytes=MAX_BYTES):
    """The nearest row of `among` for each row of `samples`.

    Args:
        samples: (num, features).
        among: (num_others, features).
        max_bytes: int, what the distances at hand may take. Defaults to 256 MiB.

    Returns:
        (indices, distances): int64 and float64 arrays (num,); of equally near ones the first.
    """
    samples, among = checks.pair(samples, among, ("samples", "among"))
    screen = Screen(samples, among, max_bytes)
    indices = np.zeros(len(samples), "int64")
    smallest = np.full(len(samples), np.inf)
    for rows in screen.rows():
        left = screen.left_block(rows)
        for columns in screen.columns():
            lower = screen.lower_bounds(left, columns)
            own, first = np.arange(len(lower)), lower.argmin(axis=1)
            limit = screen.exact(own + rows.start, first + columns.start)
            limit = np.minimum(limit, smallest[rows])
            near, column = np.nonzero(lower <= _round_up(screen.scaled(limit))[:, None])
            exact = screen.exact(near + rows.start, column + columns.start)
            order = np.lexsort((column, exact, near))
            near, column, exact = near[order], column[order], exact[order]
            near, at = np.unique(near, return_index=True)
            closer = exact[at] < smallest[near + rows.start]
            smallest[near[closer] + rows.start] = exact[at][closer]
            indices[near[closer] + rows.start] = column[at][closer] + columns.start
    return indices, np.sqrt(smallest)
