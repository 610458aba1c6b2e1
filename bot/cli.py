"""The command line: `copbot`."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.errors import ContentInvalid, CopbotError
from bot.quiet import hush
from bot.settings import Settings, read_settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="A Child Online Protection assistant.",
)
content_app = typer.Typer(no_args_is_help=True, help="Tools for content files.")
bench_app = typer.Typer(no_args_is_help=True, help="Measure speed and memory.")
app.add_typer(content_app, name="content")
app.add_typer(bench_app, name="bench")
_out = Console()


def main() -> None:
    """Run a command; exit 0 fine, 1 findings, 2 usage or settings."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    try:
        app()
    except ContentInvalid as error:
        _out.print(f"{error}; `copbot check` lists them.", style="red")
        raise SystemExit(1) from None
    except CopbotError as error:
        _out.print(str(error), style="red")
        raise SystemExit(2) from None


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Port of the web page.")] = None,
    cores: Annotated[int | None, typer.Option(help="Number of core workers.")] = None,
) -> None:
    """Answer on the web (and on Telegram when its token is set)."""
    from bot.serve import serve as run

    settings = read_settings()
    settings = msgspec.structs.replace(
        settings, port=port or settings.port, cores=cores or settings.cores
    )
    hush(logging.getLevelName(settings.log_level))
    for name in ("sqlalchemy", "alembic", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    _out.print(f"copbot answers at http://{settings.host}:{settings.port}/")
    run(settings)


@app.command()
def train(
    force: Annotated[bool, typer.Option(help="Train even when unchanged.")] = False,
) -> None:
    """Train the model from content, utterances and rules; nothing when unchanged."""
    from bot.core.train import train as run

    with _out.status("Training"):
        run(force, _out.print)


@app.command()
def chat(
    language: Annotated[str | None, typer.Option()] = None,
    audience: Annotated[str | None, typer.Option()] = None,
    country: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Talk in the terminal."""
    from bot.channels.console import talk

    async def run() -> None:
        async with _service(read_settings()) as service:
            await talk(service.conversation, _out, language, audience, country)

    hush(logging.ERROR)
    asyncio.run(run())


@app.command()
def check() -> None:
    """Check content, strings, lexicon, helplines and training lines."""
    from bot.guidance.check import check as run

    findings = run(read_settings().content_dirs)
    for found in findings:
        style = "red" if found.severity == "error" else "yellow"
        _out.print(
            f"{found.file}:{found.line}: {found.what}; {found.mend}",
            style=style,
            markup=False,
            highlight=False,
        )
    errors = sum(found.severity == "error" for found in findings)
    _out.print(f"{errors} errors, {len(findings) - errors} warnings")
    raise typer.Exit(1 if errors else 0)


@app.command("eval")
def evaluate(
    file: Annotated[Path, typer.Argument(help="JSON lines", exists=True)],
    json: Annotated[Path | None, typer.Option(help="Write the scorecard here.")] = None,
    hint_language: Annotated[bool, typer.Option("--hint-language")] = False,
) -> None:
    """Print the scorecard of understanding and safety over full turns."""
    from bot.measure.evaluate import answer, read_lines, scorecard

    lines = read_lines(file)

    async def run() -> dict[str, Any]:
        async with _service(read_settings()) as service:
            with Progress(console=_out) as progress:
                task = progress.add_task("Answering", total=len(lines))
                answered = await answer(
                    service.conversation,
                    lines,
                    hint_language,
                    lambda: progress.advance(task),
                )
            return scorecard(answered, service.library)

    hush(logging.ERROR)
    scores = asyncio.run(run())
    _print_scores(scores)
    if json is not None:
        json.write_bytes(msgspec.json.format(msgspec.json.encode(scores)))


@content_app.command("stamp")
def content_stamp() -> None:
    """Write into each translation which English text it was made from."""
    from bot.guidance.stamp import stamp

    changed = sum(stamp(folder) for folder in read_settings().content_dirs)
    _out.print(f"{changed} files stamped")


@bench_app.command("turns")
def bench_turns(
    clients: Annotated[str, typer.Option(help="Numbers of clients.")] = "1,8",
    seconds: Annotated[float, typer.Option(help="Seconds for each number.")] = 10,
    cores: Annotated[int, typer.Option()] = 1,
    json: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Start copbot, drive its chat API over HTTP, print speed and memory."""
    from bot.measure.turns import measure

    numbers = [int(part) for part in clients.split(",")]
    result = measure(numbers, seconds, cores, _out.print)
    table = Table("measure", "value")
    for name, value in result.items():
        table.add_row(name, str(value))
    _out.print(table)
    if json is not None:
        json.write_bytes(msgspec.json.format(msgspec.json.encode(result)))


@asynccontextmanager
async def _service(settings: Settings) -> AsyncIterator[Any]:
    """Run the service without its web server, with a core that is ready."""
    from bot.serve import build

    service = build(settings)
    async with service.running_cores():
        with _out.status("Loading the core"):
            while not await service.core.ready():
                await asyncio.sleep(0.3)
        yield service


def _print_scores(scores: dict[str, Any]) -> None:
    table = Table("measure", "all", *scores["languages"])
    rows = [scores["all"], *scores["languages"].values()]
    for name, value in scores["all"].items():
        if isinstance(value, dict):
            for part in value:
                cells = [str(row[name][part]) for row in rows]
                table.add_row(f"{name}: {part}", *cells)
        else:
            table.add_row(name, *(str(row[name]) for row in rows))
    _out.print(table)
