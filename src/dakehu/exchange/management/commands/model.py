"""`dakehu model`: trains ranking models on stored history, and lists them (W10)."""

import json
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.table import Table

from dakehu.exchange.choices import ExitCode
from dakehu.exchange.errors import UnableToRun
from dakehu.exchange.jobs import readiness, reporting, training
from dakehu.exchange.jobs.troubles import told_in_words
from dakehu.exchange.management.running import ExchangeCommand, day_argument

EXAMINED = (
    ("model", gettext_lazy("Model")),
    ("regression", gettext_lazy("Logistic regression")),
    ("rule", gettext_lazy("Score of W10")),
)


class Command(ExchangeCommand):
    purpose = gettext_lazy("Train a model that ranks who is likely to leave, on stored history.")

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        train = kinds.add_parser("train", help=_("train a model; it is kept as a draft"))
        days = (("from", _("first day to learn from")), ("to", _("last day to examine on")))
        for name, words in days:
            train.add_argument(f"--{name}", type=day_argument, required=True, help=words)
        order = training.TrainingOrder
        for name, default, words in (
            ("horizon", order.horizon, _("who leaves within so many days counts as leaving")),
            ("every", order.every, _("take every so many days of each part")),
            ("seed", order.seed, _("the same seed and history give the same model")),
        ):
            train.add_argument(f"--{name}", type=int, default=default, help=words)
        train.add_argument(
            "--json",
            action="store_true",
            help=_("print nothing but the summary, as one line of JSON"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        order = training.TrainingOrder(
            first=options["from"],
            last=options["to"],
            horizon=options["horizon"],
            every=options["every"],
            seed=options["seed"],
        )
        try:
            with told_in_words():
                readiness.make_ready(settings.HOME, self.stderr.write)
                summary = training.train(order, reporter=reporting.terminal())
        except UnableToRun as refusal:
            self.end_with(refusal, refusal.exit_code, as_json=options["json"])
        except KeyboardInterrupt:
            words = _("Stopped. Nothing of the training is kept.")
            self.end_with(UnableToRun(words), ExitCode.STOPPED, as_json=options["json"])
        except Exception as error:
            if options["traceback"]:
                raise
            self.end_with(error, ExitCode.UNEXPECTED, as_json=options["json"])
        else:
            if options["json"]:
                self.stdout.write(json.dumps(summary, ensure_ascii=False))
            else:
                self.show(summary)

    def show(self, summary: dict[str, Any]) -> None:
        """Print how the model did, beside what it is held against."""
        examined = summary["counts"]["test"]
        said = {"model": f"#{summary['model']}", "rows": examined["rows"], **examined}
        title = _("Model %(model)s: %(left)s of %(rows)s left in the days examined") % said
        table = Table(title=title)
        for heading in ("", "ROC AUC", "PR AUC", _("lift of the top tenth"), "Brier"):
            table.add_column(heading, justify="right" if heading else "left")
        for name, words in EXAMINED:
            found = summary["results"][name]
            numbers = (found["roc_auc"], found["pr_auc"], found["lift"], found["brier"])
            table.add_row(str(words), *("–" if n is None else f"{n:.3f}" for n in numbers))
        Console(file=self.stdout).print(table)
        self.stdout.write(
            _("It is a draft in %(folder)s. It ranks once two people have published it on screen.")
            % summary
        )
