"""Import contract: apps talk to each other only through their front doors."""

from collections.abc import Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FrontDoors(Contract):
    """Fail on any import from one app into a room of another that is not a front door.

    ``open_apps`` may be entered anywhere; ``free_apps`` may go anywhere.
    """

    type_name = "front_doors"

    package = fields.StringField()
    doors = fields.SetField(subfield=fields.StringField())
    open_apps = fields.SetField(subfield=fields.StringField(), required=False)
    free_apps = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        trespasses = list(self.trespasses(graph))
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def trespasses(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        """Give every import, as importer and imported, that comes in by the window."""
        for importer in sorted(graph.modules):
            package, _, path = importer.partition(".")
            app = path.partition(".")[0]
            if package != self.package or not app or app in (self.free_apps or ()):
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if self.is_closed(imported, app):
                    yield importer, imported

    def is_closed(self, imported: str, app: str) -> bool:
        """Tell whether ``imported`` is a room of another app that is no front door."""
        package, *rooms = imported.split(".")
        if package != self.package or len(rooms) < 2 or rooms[0] == app:
            return False
        return rooms[0] not in (self.open_apps or ()) and rooms[1] not in self.doors

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["trespasses"]:
            output.print_error(f"{importer} enters {imported} by the window")
