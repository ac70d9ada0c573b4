"""Folding a large drawing: the nodes of one layer of a network become one box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symback.explain.drawing.drawing import Drawing, GraphEdge, GraphNode, NodeKind

#: Drawings of at most this many nodes are left as they are.
MOST_UNFOLDED = 60


def fold(drawing: Drawing, prefix_depth: int = 1, limit: int = MOST_UNFOLDED) -> Drawing:
    """Merge the nodes whose names share their first `prefix_depth` words, if there are many.

    The words of a name are separated by underscores: `layer1_z` and `layer1_h` become `layer1`; a
    node's own `group` comes first. Outputs and nodes alone in their group stay. A group through
    which a path leaves and comes back stays unfolded, so that no cycle arises.
    """
    if len(drawing.nodes) <= limit:
        return drawing
    groups = _groups(drawing, prefix_depth)
    names = [node.name for node in drawing.nodes]
    pairs = [(edge.source, edge.target) for edge in drawing.edges]
    while tangled := _tangled(names, pairs, groups):
        groups = {name: name if group in tangled else group for name, group in groups.items()}
    if len(set(groups.values())) == len(names):
        return drawing
    members: dict[str, list[GraphNode]] = {}
    for node in drawing.nodes:
        members.setdefault(groups[node.name], []).append(node)
    leaving = {s for s, t in pairs if groups[s] != groups[t]}
    nodes = tuple(
        _folded(name, nodes, leaving) if len(nodes) > 1 else nodes[0]
        for name, nodes in members.items()
    )
    return Drawing(drawing.title, nodes, _edges(drawing, groups, members), drawing.scalar)


def _groups(drawing: Drawing, depth: int) -> dict[str, str]:
    """Group by node; a group's name is a key that no single node has."""
    inside: dict[str, list[GraphNode]] = {}
    for node in drawing.nodes:
        if node.kind != "output":
            prefix = node.group or "_".join(node.name.split("_")[:depth])
            inside.setdefault(prefix, []).append(node)
    groups = {node.name: node.name for node in drawing.nodes}
    for name, nodes in inside.items():
        if len(nodes) > 1:
            groups.update((node.name, f"group {name}") for node in nodes)
    return groups


def _tangled(
    names: Sequence[str], pairs: Sequence[tuple[str, str]], groups: Mapping[str, str]
) -> set[str]:
    """Folded groups on a cycle or between two: what is left after peeling both ends."""
    edges = {(groups[s], groups[t]) for s, t in pairs if groups[s] != groups[t]}
    left = set(groups.values())
    for turn in (edges, {(t, s) for s, t in edges}):
        left = _after_peeling(left, {(s, t) for s, t in turn if s in left and t in left})
    return left - set(names)


def _after_peeling(vertices: set[str], edges: set[tuple[str, str]]) -> set[str]:
    """Vertices that cannot be put in order because they are on or behind a cycle."""
    missing = dict.fromkeys(vertices, 0)
    users: dict[str, list[str]] = {}
    for source, target in edges:
        missing[target] += 1
        users.setdefault(source, []).append(target)
    ready = [vertex for vertex, count in missing.items() if not count]
    for vertex in ready:
        for user in users.get(vertex, ()):
            missing[user] -= 1
            if not missing[user]:
                ready.append(user)
    return vertices - set(ready)


def _folded(key: str, nodes: Sequence[GraphNode], leaving: set[str]) -> GraphNode:
    """One box for several nodes; it shows the numbers of the only one that others use."""
    name = key.removeprefix("group ")
    used = [node for node in nodes if node.name in leaving]
    kind: NodeKind = "given" if all(node.kind == "given" for node in nodes) else "step"
    label = f"{name}: {len(nodes)} nodes"
    if len(used) != 1:
        return GraphNode(key, label, "", kind=kind)
    only = used[0]
    numbers = (only.value_text, only.gradient_text)
    latex = only.gradient_latex
    return GraphNode(
        key, f"{label}, {only.label_text}", "", "", "", *numbers, kind, gradient_latex=latex
    )


def _edges(
    drawing: Drawing, groups: Mapping[str, str], members: Mapping[str, Sequence[GraphNode]]
) -> tuple[GraphEdge, ...]:
    """Edges between what is left, one for each pair; slopes only between unfolded nodes."""
    edges: dict[tuple[str, str], GraphEdge] = {}
    kept: list[GraphEdge] = []
    for edge in drawing.edges:
        source, target = groups[edge.source], groups[edge.target]
        if len(members[source]) == len(members[target]) == 1:
            kept.append(edge)
        elif source != target and (source, target) not in edges:
            edges[source, target] = GraphEdge(source, target)
    return (*kept, *edges.values())
