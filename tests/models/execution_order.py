"""Which operations on one variable TensorFlow may run in any order, as it optimised the graph."""

import collections
import itertools

from tensorflow.python.eager import context

PASSING = {"Enter", "Exit", "Identity", "Merge", "NextIteration", "Switch"}
WRITES = ("Assign", "ResourceApply")


def graph_of_fit(model, data):
    """The largest graph that a fit runs, after TensorFlow's optimizers: its step."""
    context.context().enable_run_metadata()
    try:
        model.fit(data, verbose=0)
        functions = context.context().export_run_metadata().function_graphs
    finally:
        context.context().disable_run_metadata()
    return max((each.post_optimization_graph for each in functions), key=lambda g: len(g.node))


def unordered(graph):
    """Pairs of a write and another access of one variable between which no path runs, and how
    many accesses were looked at. (In a loop: within one turn.)
    """
    nodes = {node.name: node for node in graph.node}
    accesses, followers = collections.defaultdict(list), collections.defaultdict(list)
    for node in graph.node:
        for name in map(_source, node.input):
            if nodes[name].op != "NextIteration":
                followers[name].append(node.name)
        if node.op == "ReadVariableOp" or node.op.startswith(WRITES):
            accesses[_variable(nodes, node)].append(node.name)
    pairs = []
    after = {name: _after(followers, name) for names in accesses.values() for name in names}
    for one, other in (p for names in accesses.values() for p in itertools.combinations(names, 2)):
        writes = any(nodes[name].op.startswith(WRITES) for name in (one, other))
        ordered = one in after[other] or other in after[one]
        if writes and not ordered and not _of_two_branches(one, other):
            pairs.append((one, other))
    return pairs, len(after)


def _source(name):
    return name.lstrip("^").split(":")[0]


def _variable(nodes, node):
    """The argument that an operation's first input comes from."""
    name = _source(node.input[0])
    while nodes[name].op in PASSING:
        name = _source(nodes[name].input[0])
    return name


def _after(followers, start):
    seen, waiting = {start}, [start]
    while waiting:
        for name in followers[waiting.pop()]:
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return seen


def _of_two_branches(one, other):
    """Whether two names part where a condition does: only one of the two is run."""
    for a, b in zip(one.split("/"), other.split("/"), strict=False):
        if a != b:
            return {a, b} == {"then", "else"}
    return False
