"""The one road of a turn: receive, know, guard, redact, ask the core, speak, count."""

from collections.abc import Callable
from typing import Any

import structlog

from bot.conversation import countries
from bot.conversation.choices import (
    Intent,
    level_of,
    open_question,
    read_choice,
    without_core,
)
from bot.conversation.core import CoreAnswer, CoreClient
from bot.conversation.language import Recogniser
from bot.conversation.messages import (
    Bubble,
    Expects,
    Incoming,
    Reply,
    Understood,
)
from bot.conversation.session import Session, Sessions
from bot.conversation.speak import DEFAULT_AUDIENCE, Speaker
from bot.directives import (
    AnyDirective,
    Forget,
    SetProfile,
    ShowDanger,
    ShowDisclosure,
    ShowSteps,
    ShowTopic,
    danger_variant,
)
from bot.errors import CoreRefused, CoreUnavailable
from bot.guidance.values import AUDIENCES, NO_TOPIC, Library
from bot.safeguarding.findings import Finding, strongest
from bot.safeguarding.floor import Floor
from bot.safeguarding.redact import Redactor
from bot.text import MAX_CORE, MAX_READ, clean, fold

_log = structlog.get_logger("bot.turn")

_INTENTS = {
    "ask": "ask",
    "disclose": "disclose",
    "danger": "disclose",
    "clarify": "unclear",
    "unclear": "unclear",
    "out_of_scope": "out_of_scope",
    "smalltalk": "smalltalk",
    "harmful": "harmful",
    "keep_nothing": "harmful",
    "yes": "form",
    "no": "form",
    "dont_know": "form",
    "skip": "form",
    "answer": "form",
    "safe": "form",
    "unsafe": "disclose",
}
VOTES = 2
"""Messages in another language that it takes to switch a chosen language."""

Count = Callable[..., None]


class Conversation:
    """Answers messages: what every channel calls, and nothing else."""

    def __init__(
        self,
        library: Library,
        sessions: Sessions,
        core: CoreClient,
        count: Count | None = None,
    ) -> None:
        """Build the floor and the rest from the content."""
        self._library = library
        self._sessions = sessions
        self._core = core
        self._count = count
        self._floor = Floor(library.lexicon)
        self._redactor = Redactor(library.redaction)
        self._recogniser = Recogniser(library)
        self._safe_words = frozenset(
            fold(word) for cards in library.cards.values() for word in cards.safe_words
        )

    def risk(self, text: str | None) -> Finding | None:
        """Return what the floor finds in a text; for channels with limits."""
        if not isinstance(text, str):
            return None
        return strongest(self._floor.match(clean(text)[:MAX_READ]))

    def speaks(self, language: str) -> bool:
        """Say whether the content has a language."""
        return language in self._library.languages

    def end(self, token: str | None) -> None:
        """End a conversation."""
        self._sessions.end(token)

    async def take_turn(self, incoming: Incoming) -> Reply:
        """Return the answer; never raises and never stays silent."""
        session = self._sessions.open(incoming.session)
        async with session.lock:
            repeated = session.first_reply(incoming.id)
            if repeated is not None:
                return repeated
            try:
                reply = await self._answer(session, incoming)
            except Exception as error:
                _log.error("turn_failed", error=type(error).__name__)
                reply = self._failed(session, incoming)
            session.remember(incoming.id, reply)
            self._counted(session, incoming, reply)
            return reply

    def busy(self, incoming: Incoming) -> Reply:
        """Return the help card for a writer who is over the limit."""
        session = self._sessions.open(incoming.session)
        bubble = self._speaker(session).help_card("answer.too_many")
        return Reply(
            session=session.token, language=session.language, messages=(bubble,)
        )

    # -- know -----------------------------------------------------------------

    async def _answer(self, session: Session, incoming: Incoming) -> Reply:
        extra = self._hints(session, incoming)
        if incoming.media:
            return self._plain(session, "answer.media", intent="out_of_scope")
        if incoming.choice is not None:
            return await self._chosen(session, incoming.choice, extra)
        text = clean(incoming.text or "")
        if not text:
            return self._plain(session, "answer.empty")
        return await self._written(session, text, extra)

    def _hints(self, session: Session, incoming: Incoming) -> list[Bubble]:
        extra = []
        if incoming.language:
            if incoming.language in self._library.languages:
                session.language = incoming.language
                session.language_chosen = True
            else:
                extra.append(self._languages_offered(session))
        if incoming.audience in AUDIENCES:
            session.audience = incoming.audience
        if incoming.country and countries.is_country(incoming.country.upper()):
            session.country = incoming.country.upper()
        return extra

    def _languages_offered(self, session: Session) -> Bubble:
        speaker = self._speaker(session)
        return Bubble(
            text=speaker.text("language.unknown"), choices=speaker.languages()
        )

    def _follow_language(self, session: Session, text: str) -> None:
        """Follow the language of the text, with hysteresis once it is settled."""
        found = self._recogniser.recognise(text)
        if found is None or found == session.language:
            session.language_votes = 0
            return
        session.language_votes += 1
        if not session.language_chosen or session.language_votes >= VOTES:
            session.language = found
            session.language_votes = 0
            session.language_chosen = True

    # -- choices --------------------------------------------------------------

    async def _chosen(
        self, session: Session, choice: str, extra: list[Bubble]
    ) -> Reply:
        intent = read_choice(choice)
        if intent is None:
            return self._plain(session, "answer.suggestions_none")
        if intent[0] == "disclose" and session.topic:
            intent = (intent[0], {**intent[1], "topic": session.topic})
        try:
            answer = await self._core.turn(
                {
                    "state": session.state,
                    "intent": {"name": intent[0], "entities": intent[1]},
                    "profile": {},
                }
            )
            session.state = answer.state
            directives, level = answer.directives, level_of(answer.directives)
        except (CoreUnavailable, CoreRefused):
            directives = self._locally(session, intent)
            level = level_of(directives)
        understood = Understood(
            topic=_topic_of(directives) or intent[1].get("topic"),
            role=_role_of(directives) if level >= 2 else None,
            disclosure=level >= 2,
            level=level,
            intent=_INTENTS.get(intent[0], "command"),
            confidence=1.0,
            by="menu",
        )
        return self._reply(session, directives, understood, extra)

    def _locally(self, session: Session, intent: Intent) -> tuple[AnyDirective, ...]:
        name, entities = intent
        if name == "ask" and entities["topic"] not in self._library.topics:
            intent = ("menu", {})
        return without_core(intent, session.topic, session.role)

    # -- texts ----------------------------------------------------------------

    async def _written(self, session: Session, text: str, extra: list[Bubble]) -> Reply:
        self._follow_language(session, text)
        if fold(text) in self._safe_words:
            return self._safe_word(session)
        read = text[:MAX_READ]
        finding = strongest(self._floor.match(read))
        redacted = self._redactor.redact(read)
        if finding is None and (country := self._country_answer(session, text)):
            return await self._chosen(session, f"country:{country}", extra)
        notes = []
        if redacted.kinds:
            notes.append("answer.redacted")
        if len(text) > MAX_CORE:
            notes.append("answer.partly_read")
        try:
            answer = await self._core.turn(
                {
                    "state": session.state,
                    "text": self._for_core(redacted.text, finding),
                    "finding": _as_request(finding),
                    "profile": {},
                }
            )
        except (CoreUnavailable, CoreRefused):
            return self._by_floor(session, finding, extra, notes)
        return self._by_core(session, answer, extra, notes)

    def _country_answer(self, session: Session, text: str) -> str | None:
        if not session.asks_country or len(text) > 60:
            return None
        session.asks_country = False
        return countries.find(text, self._library.languages)

    def _for_core(self, text: str, finding: Finding | None) -> str:
        """Return at most 2,000 characters: the first, or those around a finding."""
        if len(text) <= MAX_CORE:
            return text
        if finding is None:
            return text[:MAX_CORE]
        for start in range(0, len(text), MAX_CORE // 2):
            part = text[start : start + MAX_CORE]
            if self._floor.match(part):
                return part
        return text[:MAX_CORE]

    def _safe_word(self, session: Session) -> Reply:
        bubble = self._speaker(session).help_card("answer.safe_word")
        understood = Understood(level=1, intent="command", confidence=1.0, by="floor")
        return self._made(session, (bubble,), understood)

    def _by_core(
        self,
        session: Session,
        answer: CoreAnswer,
        extra: list[Bubble],
        notes: list[str],
    ) -> Reply:
        session.state = answer.state
        nlu: dict[str, Any] = answer.nlu
        directives = answer.directives
        level = max(int(nlu.get("level") or 0), level_of(directives))
        topic = nlu.get("topic")
        about = (
            nlu.get("intent") in ("ask", "disclose", "danger", "clarify") or level >= 2
        )
        understood = Understood(
            topic=topic if about and topic != NO_TOPIC else None,
            role=nlu.get("role") if level >= 2 else None,
            disclosure=level >= 2,
            level=level,
            intent="disclose"
            if level >= 2
            else _INTENTS.get(nlu.get("intent", ""), "command"),
            confidence=round(float(nlu.get("confidence") or 0.0), 4),
            by=answer.by,
            suggested=tuple(item["topic"] for item in nlu.get("ranking", ())[:3]),
        )
        return self._reply(session, directives, understood, extra, notes)

    def _by_floor(
        self,
        session: Session,
        finding: Finding | None,
        extra: list[Bubble],
        notes: list[str],
    ) -> Reply:
        """Answer without a core: the card for a finding, the menu for the rest."""
        if finding is None:
            speaker = self._speaker(session)
            bubbles = (
                speaker.plain("answer.away"),
                *speaker.speak(without_core(("menu", {}), None, "hurt")),
            )
            return self._made(session, (*extra, *bubbles), Understood())
        directive: AnyDirective
        if finding.level >= 3:
            variant = finding.card or danger_variant(finding.topic, finding.role)
            directive = ShowDanger(
                variant=variant, topic=finding.topic, role=finding.role
            )
        else:
            directive = ShowDisclosure(topic=finding.topic, role=finding.role)
        understood = Understood(
            topic=finding.topic,
            role=finding.role,
            disclosure=True,
            level=finding.level,
            intent="disclose",
            confidence=1.0,
            by="floor",
        )
        return self._reply(session, (directive,), understood, extra, notes)

    # -- speak ----------------------------------------------------------------

    def _reply(
        self,
        session: Session,
        directives: tuple[AnyDirective, ...],
        understood: Understood,
        extra: list[Bubble],
        notes: list[str] | None = None,
    ) -> Reply:
        shown = tuple(self._apply(session, directive) for directive in directives)
        if isinstance(shown[-1], Forget):
            session.forget()
        elif understood.level >= 2 or any(isinstance(d, ShowTopic) for d in shown):
            session.topic = understood.topic or _topic_of(shown) or session.topic
            session.role = understood.role or session.role
        speaker = self._speaker(session, understood.suggested)
        bubbles = [*extra, *speaker.speak(shown)]
        bubbles.extend(speaker.plain(note) for note in notes or ())
        session.asks_country = any(
            isinstance(d, SetProfile) and d.field == "country" and d.value is None
            for d in shown
        )
        return self._made(
            session, tuple(bubbles), understood, _card_of(shown), open_question(shown)
        )

    def _apply(self, session: Session, directive: AnyDirective) -> AnyDirective:
        """Carry out a change of profile; one that can't be is asked again."""
        if not isinstance(directive, SetProfile) or directive.value is None:
            return directive
        value = directive.value
        if directive.field == "language" and value in self._library.languages:
            session.language = value
            session.language_chosen = True
        elif directive.field == "audience" and value in AUDIENCES:
            session.audience = value
        elif directive.field == "country" and countries.is_country(value.upper()):
            session.country = value.upper()
        else:
            return SetProfile(field=directive.field)
        return directive

    def _plain(self, session: Session, string: str, intent: str = "unclear") -> Reply:
        bubble = self._speaker(session).plain(string, "helplines", "menu")
        return self._made(session, (bubble,), Understood(intent=intent))

    def _failed(self, session: Session, incoming: Incoming) -> Reply:
        """Answer when the turn itself broke: the card for a risk, help for the rest."""
        finding = self.risk(incoming.text)
        if finding is not None:
            return self._by_floor(session, finding, [], [])
        bubble = self._speaker(session).help_card("answer.failed")
        return self._made(session, (bubble,), Understood())

    def _made(
        self,
        session: Session,
        bubbles: tuple[Bubble, ...],
        understood: Understood,
        card: str | None = None,
        expects: str | None = None,
    ) -> Reply:
        return Reply(
            session=session.token,
            language=session.language,
            card=card,
            expects=Expects(expects) if expects else None,
            messages=bubbles,
            understood=understood,
        )

    def _speaker(self, session: Session, suggested: tuple[str, ...] = ()) -> Speaker:
        return Speaker(
            self._library,
            session.language,
            session.audience,
            session.country,
            suggested,
        )

    def _counted(self, session: Session, incoming: Incoming, reply: Reply) -> None:
        if self._count is None:
            return
        seen = reply.understood
        topic = self._library.topics.get(seen.topic or "")
        try:
            self._count(
                channel=incoming.channel,
                language=session.language,
                audience=session.audience or DEFAULT_AUDIENCE,
                country=session.country,
                level=seen.level,
                topic=topic.slug if topic else None,
                family=topic.family if topic else None,
                intent=seen.intent,
                by=seen.by,
            )
        except Exception as error:
            _log.error("turn_not_counted", error=type(error).__name__)


def _as_request(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    return {
        "topic": finding.topic,
        "role": finding.role,
        "level": finding.level,
        "card": finding.card,
    }


def _topic_of(directives: tuple[AnyDirective, ...]) -> str | None:
    for directive in directives:
        if isinstance(directive, ShowTopic | ShowDisclosure | ShowDanger | ShowSteps):
            return directive.topic
    return None


def _role_of(directives: tuple[AnyDirective, ...]) -> str | None:
    for directive in directives:
        if isinstance(directive, ShowDisclosure | ShowDanger):
            return directive.role
    return None


def _card_of(directives: tuple[AnyDirective, ...]) -> str | None:
    if any(isinstance(directive, ShowDanger) for directive in directives):
        return "danger"
    if any(isinstance(directive, ShowDisclosure) for directive in directives):
        return "disclosure"
    return None
