"""Runs Rasa's graph node by node, in an order found once."""

from typing import Any

from rasa.engine.runner.dask import DaskGraphRunner


class SequentialRunner(DaskGraphRunner):  # type: ignore[misc]
    """A runner without a scheduler: a turn's graph has a dozen nodes in a row."""

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Return the outputs of the targets; see `GraphRunner.run`."""
        given = inputs or {}
        results: dict[str, Any] = {name: (name, given[name]) for name in given}
        wanted = tuple(targets or self._graph_schema.target_names)
        for name, needs in self._order(wanted):
            # A node hands on (name, output); a placeholder not given stays a name.
            inputs_of_node = [results.get(need, need) for need in needs]
            results[name] = self._instantiated_nodes[name](*inputs_of_node)
        return dict(results[name] for name in wanted)

    def _order(self, targets: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        orders: dict[Any, Any] = self.__dict__.setdefault("_orders", {})
        if targets not in orders:
            schema = self._graph_schema.minimal_graph_schema(list(targets))
            needs = {n: list(node.needs.values()) for n, node in schema.nodes.items()}
            orders[targets] = _in_order(needs)
        found: list[tuple[str, list[str]]] = orders[targets]
        return found


def _in_order(needs: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    order: list[tuple[str, list[str]]] = []
    done: set[str] = set()

    def visit(name: str) -> None:
        if name in done or name not in needs:
            return
        done.add(name)
        for need in needs[name]:
            visit(need)
        order.append((name, needs[name]))

    for name in needs:
        visit(name)
    return order
