"""Turns directives into bubbles, in the reader's language and for their audience."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timezone

from bot.conversation import countries
from bot.conversation.contacts import contact_cards, emergency_card
from bot.conversation.messages import Bubble, ChoiceButton, ContactCard, SourceLine
from bot.directives import (
    AnyDirective,
    Ask,
    AskClarify,
    Forget,
    Say,
    SetProfile,
    ShowDanger,
    ShowDisclosure,
    ShowHelplines,
    ShowMenu,
    ShowPlan,
    ShowSteps,
    ShowSuggestions,
    ShowTopic,
)
from bot.guidance.values import (
    AUDIENCES,
    Block,
    Blocks,
    Country,
    Library,
    Span,
    Topic,
)
from bot.helplines.choose import choose, emergency_number

DEFAULT_AUDIENCE = "teen"
MOST_PLATFORMS = 8
_MEDICAL = frozenset({"hurt-myself", "poisoned-or-injured"})


class Speaker:
    """Words one answer for one reader.

    `audience` None means not known: the teen wording, with the other audiences
    offered as choices.
    """

    def __init__(
        self,
        library: Library,
        language: str,
        audience: str | None,
        country: str | None,
        suggested: Sequence[str] = (),
    ) -> None:
        """Take the reader's profile and the topics to suggest."""
        self._library = library
        self._language = language
        self._known = audience
        self._audience = audience or DEFAULT_AUDIENCE
        self._country = country
        self._suggested = suggested

    def speak(self, directives: Iterable[AnyDirective]) -> Iterator[Bubble]:
        """Yield the bubbles of an answer, in order."""
        directives = tuple(directives)
        for number, directive in enumerate(directives):
            if isinstance(directive, Ask):
                again = directive.slot == "safe"
                # Right under its own card the question has been asked already.
                if again and any(
                    isinstance(d, ShowDisclosure) for d in directives[:number]
                ):
                    continue
                yield self._ask(directive.slot)
            else:
                yield from self._say(directive)

    def text(self, string: str, **values: str) -> str:
        """Return a string of the content in the reader's language, filled in."""
        text = self._library.strings[self._language][string]
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text

    def plain(self, string: str, *choices: str) -> Bubble:
        """Return a bubble with one string and the named choices."""
        return self._bubble(self.text(string), choices=self._choices(*choices))

    def help_card(self, string: str) -> Bubble:
        """Return a string with the country's help under it."""
        return self._helplines(None, self.text(string))

    def _say(self, directive: AnyDirective) -> Iterator[Bubble]:
        if isinstance(directive, ShowTopic):
            yield from self._topic(directive)
        elif isinstance(directive, ShowDisclosure):
            yield self._disclosure(directive)
        elif isinstance(directive, ShowDanger):
            yield self._danger(directive)
        elif isinstance(directive, ShowSteps):
            yield from self._steps(directive)
        elif isinstance(directive, ShowHelplines):
            yield self._helplines(directive.topic)
        elif isinstance(directive, ShowSuggestions):
            yield self._suggestions()
        elif isinstance(directive, ShowMenu):
            yield self._menu()
        elif isinstance(directive, AskClarify):
            yield from self._clarify(directive)
        elif isinstance(directive, ShowPlan):
            yield from self._plan(directive)
        elif isinstance(directive, SetProfile):
            yield self._profile(directive)
        elif isinstance(directive, Forget):
            yield self.plain("say.forgotten", "menu")
        elif isinstance(directive, Say):
            yield self._string(directive.string)

    # -- topics ---------------------------------------------------------------

    def _topic(self, wanted: ShowTopic) -> Iterator[Bubble]:
        topic = self._library.topics.get(wanted.topic)
        if topic is None or self._language not in topic.texts:
            yield self._menu()
            return
        text = topic.texts[self._language]
        audience = self._audience_of(topic)
        words = text.audiences[audience]
        if wanted.part == "sources":
            yield self._sources(topic)
        elif wanted.part == "more" and words.more:
            yield self._told(topic, words.more, "simpler", "sources", "helplines")
        elif wanted.part == "more":
            yield self._bubble(
                self.text("answer.no_more"), choices=self._related(topic)
            )
        elif wanted.part == "simpler":
            yield from self._simpler(topic, audience)
        else:
            yield self._told(topic, words.short, "more", "sources", "helplines")
            if self._known is None:
                yield self._bubble(self.text("audience.ask"), choices=self._audiences())

    def _told(self, topic: Topic, blocks: Blocks, *choices: str) -> Bubble:
        return self._blocks(
            blocks,
            choices=self._choices(*choices) + self._related(topic),
            sources=tuple(self._source_lines(topic)),
        )

    def _simpler(self, topic: Topic, audience: str) -> Iterator[Bubble]:
        words = topic.texts[self._language].audiences
        if audience == "child" or "child" not in words:
            yield self.plain("answer.simpler_none")
        simplest = words["child"] if "child" in words else words[audience]
        yield self._told(topic, simplest.short, "more", "sources", "helplines")

    def _sources(self, topic: Topic) -> Bubble:
        text = topic.texts[self._language]
        said = [self.text("answer.sources")]
        if text.review.by == "draft":
            said.append(self.text("answer.sources_draft"))
        return self._bubble(
            "\n\n".join(said),
            choices=self._choices("more", "menu"),
            sources=tuple(self._source_lines(topic)),
        )

    def _source_lines(self, topic: Topic) -> Iterator[SourceLine]:
        for name in topic.sources:
            source = self._library.sources[name]
            yield SourceLine(source.title, source.publisher, source.year, source.url)

    def _audience_of(self, topic: Topic) -> str:
        if self._audience in topic.audiences:
            return self._audience
        young = self._audience in ("child", "teen")
        near = ("teen", "child", "parent", "educator")
        wanted = near if young else ("parent", "educator", "teen", "child")
        return next(name for name in wanted if name in topic.audiences)

    # -- disclosure and danger ------------------------------------------------

    def _disclosure(self, shown: ShowDisclosure) -> Bubble:
        cards = self._library.cards[self._language].disclosure
        topic = self._library.topics.get(shown.topic or "")
        variant = f"{shown.role}-{topic.family}" if topic else shown.role
        text = cards.get(variant, cards[shown.role])[self._audience]
        return self._bubble(
            text,
            choices=(
                self._choice("options.safe.yes", "safe:yes"),
                self._choice("options.safe.no", "safe:no"),
                *self._choices("show_steps", "not_meant"),
                *(self._audiences() if self._known is None else ()),
            ),
            contacts=self._contacts(topic, 2),
        )

    def _danger(self, shown: ShowDanger) -> Bubble:
        cards = self._library.cards[self._language].danger
        topic = self._library.topics.get(shown.topic or "")
        text = cards.get(shown.variant, cards["being-hurt"])[self._audience]
        kind = "ambulance" if shown.variant in _MEDICAL else "police"
        number = emergency_number(self._country_value(), kind)
        first = (
            self.text("answer.emergency", number=number)
            if number
            else self.text("answer.emergency_unknown")
        )
        emergency = emergency_card(self._country_value(), number, self.text)
        contacts = self._contacts(topic, 3)
        return self._bubble(
            f"{first}\n\n{text}",
            choices=() if self._country else self._choices("country"),
            contacts=((emergency, *contacts) if emergency else contacts),
        )

    def _steps(self, shown: ShowSteps) -> Iterator[Bubble]:
        topic = self._library.topics.get(shown.topic or "")
        if topic is None or self._language not in topic.texts:
            yield self._helplines(shown.topic)
            return
        now = topic.texts[self._language].audiences[self._audience_of(topic)].now
        blocks = now.get(shown.role) or next(iter(now.values()), ())
        if not blocks:
            yield from self._topic(ShowTopic(topic=topic.slug))
            return
        yield self._bubble(self.text("answer.steps"))
        for block in blocks[:-1]:
            yield self._blocks((block,))
        yield self._blocks(
            blocks[-1:],
            choices=self._choices("helplines", "report", "menu"),
        )

    def _clarify(self, asked: AskClarify) -> Iterator[Bubble]:
        information = f"topic:{asked.topic}" if asked.topic else "clarify:information"
        yield self._bubble(
            self.text("ask.clarify"),
            choices=(
                self._choice("options.clarify.happened", "clarify:happened"),
                self._choice("options.clarify.information", information),
            ),
        )
        yield self._helplines(asked.topic, self.text("answer.clarify_help"))

    # -- helplines ------------------------------------------------------------

    def _helplines(self, slug: str | None, intro: str | None = None) -> Bubble:
        topic = self._library.topics.get(slug or "")
        contacts = self._contacts(topic, 1)
        number = emergency_number(self._country_value(), "police")
        emergency = emergency_card(self._country_value(), number, self.text)
        lines = [intro or self.text("answer.helplines")]
        if not self._country:
            lines.append(self.text("answer.helplines_country_unknown"))
        elif not any(contact.country == self._country for contact in contacts):
            lines.append(self.text("answer.helplines_none"))
        lines.append(self._danger_line(number))
        return self._bubble(
            "\n\n".join(lines),
            choices=self._choices("country", "menu"),
            contacts=(*contacts, emergency) if emergency else contacts,
        )

    def _danger_line(self, number: str | None) -> str:
        grown = self._audience in ("parent", "educator")
        name = "answer.adult_grown" if grown else "answer.adult_near"
        if number is None:
            return self.text(f"{name}_unknown")
        return self.text(name, number=number)

    def _contacts(self, topic: Topic | None, level: int) -> tuple[ContactCard, ...]:
        choice = choose(
            self._library,
            country=self._country,
            need=topic.need if topic else None,
            audience=self._audience,
            level=level,
            now=datetime.now(timezone.utc),
        )
        return contact_cards(choice.contacts, self.text)

    def _country_value(self) -> Country | None:
        return self._library.countries.get(self._country or "")

    # -- menu, suggestions, questions -----------------------------------------

    def _menu(self) -> Bubble:
        topics = tuple(
            self._topic_choice(topic)
            for topic in self._library.topics.values()
            if self._language in topic.texts
            and (self._known is None or self._known in topic.audiences)
        )
        commands = ("helplines", "report", "audience", "country", "language", "forget")
        return self._bubble(
            self.text("answer.menu"), choices=topics + self._choices(*commands)
        )

    def _suggestions(self) -> Bubble:
        topics = [self._library.topics.get(slug) for slug in self._suggested[:3]]
        found = tuple(self._topic_choice(topic) for topic in topics if topic)
        string = "answer.suggestions" if found else "answer.suggestions_none"
        return self._bubble(
            self.text(string), choices=found + self._choices("helplines", "menu")
        )

    def _ask(self, slot: str) -> Bubble:
        if slot == "safe":
            number = emergency_number(self._country_value(), "police")
            text = f"{self.text('ask.safe_again')}\n\n{self._danger_line(number)}"
            choices = (
                self._choice("options.safe.yes", "safe:yes"),
                self._choice("options.safe.no", "safe:no"),
            )
            return self._bubble(text, choices=choices)
        options = tuple(
            self._choice(string, f"report:{slot}:{string.rpartition('.')[2]}")
            for string in self._library.strings[self._language]
            if string.startswith(f"options.{slot}.")
        )
        if slot == "where":
            platforms = list(self._library.platforms.values())[:MOST_PLATFORMS]
            options = (
                *(ChoiceButton(p.name, f"report:where:{p.id}") for p in platforms),
                *options,
            )
        steps = (
            self._choice("choice.back", "report:back"),
            self._choice("choice.skip", "report:skip"),
            self._choice("choice.stop", "report:stop"),
        )
        return self._bubble(self.text(f"ask.{slot}"), choices=options + steps)

    def _string(self, string: str) -> Bubble:
        name = f"say.{string}"
        if name not in self._library.strings[self._language]:
            name = "say.smalltalk_greet"
        if string in ("harmful", "smalltalk_are_you_human", "report_failed"):
            return self._helplines(None, self.text(name))
        return self.plain(name, "helplines", "menu")

    def _profile(self, wanted: SetProfile) -> Bubble:
        if wanted.value is not None:
            return self.plain(f"{wanted.field}.changed", "menu", "helplines")
        choices = {
            "language": self.languages,
            "audience": self._audiences,
            "country": self._countries,
        }[wanted.field]
        return self._bubble(self.text(f"{wanted.field}.ask"), choices=choices())

    def languages(self) -> tuple[ChoiceButton, ...]:
        """Return a choice for each language, named in itself."""
        return tuple(
            ChoiceButton(
                self._library.strings[code]["language.name"], f"language:{code}"
            )
            for code in self._library.languages
        )

    def _audiences(self) -> tuple[ChoiceButton, ...]:
        return tuple(
            self._choice(f"audience.{name}", f"audience:{name}") for name in AUDIENCES
        )

    def _countries(self) -> tuple[ChoiceButton, ...]:
        known = frozenset(self._library.countries)
        return tuple(
            ChoiceButton(name, f"country:{code}")
            for code, name in countries.likely(self._language, known)
        )

    # -- the plan -------------------------------------------------------------

    def _plan(self, plan: ShowPlan) -> Iterator[Bubble]:
        steps = [self.text("plan.keep")]
        if plan.what in ("nudes", "blackmail", "grooming", "pictures"):
            steps.append(self.text("plan.image"))
        platform = self._library.platforms.get(plan.where or "")
        steps.append(
            self.text("plan.platform", platform=platform.name)
            if platform
            else self.text("plan.report_there")
        )
        steps.append(self.text("plan.block"))
        if plan.what in ("nudes", "blackmail"):
            steps.append(self.text("plan.remove"))
        steps.append(self._plan_adult(plan))
        items = tuple(
            (Span(step), Span(" " + platform.report, href=platform.report))
            if platform and platform.name in step
            else (Span(step),)
            for step in steps
        )
        yield self._blocks(
            (
                Block("paragraph", ((Span(self.text("plan.title"), bold=True),),)),
                Block("steps", items),
                Block("paragraph", ((Span(self.text("plan.not_sent")),),)),
            )
        )
        yield self._helplines(None, self.text("plan.talk"))

    def _plan_adult(self, plan: ShowPlan) -> str:
        if plan.for_whom == "my_child" or self._audience == "parent":
            return self.text("plan.tell_parent")
        if plan.for_whom == "my_pupil" or self._audience == "educator":
            return self.text("plan.tell_educator")
        told = plan.adult_told == "yes"
        return self.text("plan.tell_next" if told else "plan.tell")

    # -- small parts ----------------------------------------------------------

    def _choices(self, *names: str) -> tuple[ChoiceButton, ...]:
        ids = {"report": "report:start"}
        return tuple(
            self._choice(f"choice.{name}", ids.get(name, name.replace("_", "-")))
            for name in names
        )

    def _choice(self, string: str, choice: str) -> ChoiceButton:
        return ChoiceButton(self.text(string), choice)

    def _topic_choice(self, topic: Topic) -> ChoiceButton:
        return ChoiceButton(topic.texts[self._language].title, f"topic:{topic.slug}")

    def _related(self, topic: Topic) -> tuple[ChoiceButton, ...]:
        found = (self._library.topics[slug] for slug in topic.related[:3])
        return tuple(map(self._topic_choice, found))

    def _bubble(
        self,
        text: str,
        *,
        choices: tuple[ChoiceButton, ...] = (),
        contacts: tuple[ContactCard, ...] = (),
        sources: tuple[SourceLine, ...] = (),
    ) -> Bubble:
        blocks = tuple(
            Block("paragraph", ((Span(" ".join(part.split("\n"))),),))
            for part in text.split("\n\n")
        )
        return self._blocks(blocks, choices=choices, contacts=contacts, sources=sources)

    def _blocks(
        self,
        blocks: Blocks,
        *,
        choices: tuple[ChoiceButton, ...] = (),
        contacts: tuple[ContactCard, ...] = (),
        sources: tuple[SourceLine, ...] = (),
    ) -> Bubble:
        return Bubble(
            text=plain_text(blocks),
            blocks=blocks,
            choices=choices,
            contacts=contacts,
            sources=sources,
        )


def plain_text(blocks: Blocks) -> str:
    """Return blocks as plain text, with dashes and numbers for lists."""
    return "\n\n".join(_plain_block(block) for block in blocks)


def _plain_block(block: Block) -> str:
    lines = ["".join(span.text for span in item) for item in block.items]
    if block.kind == "list":
        lines = [f"- {line}" for line in lines]
    elif block.kind == "steps":
        lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    return "\n".join(lines)
