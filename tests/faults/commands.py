"""The commands that publish, and what each should end with."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Command:
    name: str
    reads_sources: bool
    share: int  # of the cases, beside the others

    def arguments(self, fixture, index):
        sources = ["--jobs", "2", fixture.tree] if self.reads_sources else []
        return [self.name, "--quiet", "--index", index, *sources]

    def target(self, fixture):
        return fixture.next if self.reads_sources else fixture.before

    def old_ids(self, fixture):
        """Generations that the command has no business to change, whether it succeeds or not."""
        return [fixture.live_id] if self.reads_sources else [fixture.live_id, fixture.before_id]


def commands():
    return [Command("rebuild", True, 4), Command("update", True, 4), Command("rollback", False, 1)]


def healing(number):
    """The command to run after a fault: each is to mend what either left."""
    return ("rebuild", "update")[number % 2]


def shared_out(count, known):
    """How many cases each command gets."""
    total = sum(command.share for command in known)
    given = {command.name: count * command.share // total for command in known}
    given[known[0].name] += count - sum(given.values())
    return given
