"""Telegram by long polling: text and buttons through the same turn as the web."""

import asyncio
import html
from collections import OrderedDict
from typing import Any

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.conversation.messages import Bubble, ContactCard, Incoming, Reply
from bot.conversation.turn import Conversation

_log = structlog.get_logger("bot.telegram")

LONGEST = 4_000
"""Characters of one message; Telegram takes 4,096."""
LONGEST_DATA = 64
MOST_CHATS = 100_000
RETRY_SECONDS = 15.0
_COMMANDS = {
    "/start": "menu",
    "/menu": "menu",
    "/topics": "menu",
    "/help": "helplines",
    "/helpline": "helplines",
    "/report": "report:start",
    "/language": "language",
    "/who": "audience",
    "/forget": "forget",
    "/stop": "report:stop",
}
Context = ContextTypes.DEFAULT_TYPE


class TelegramChannel:
    """Answers private chats. Chat ids live in memory and nowhere else."""

    def __init__(
        self, token: str, conversation: Conversation, base_url: str | None = None
    ) -> None:
        """Take the bot's token; `base_url` names another server of the Bot API."""
        self._token = token
        self._conversation = conversation
        self._base_url = base_url
        self._sessions: OrderedDict[int, str] = OrderedDict()

    async def run(self) -> None:
        """Poll until cancelled; keeps trying while Telegram can't be reached."""
        while True:
            application = self._application()
            try:
                async with application:
                    await application.start()
                    await _poll(application)
            except TelegramError as error:
                _log.error("telegram_away", error=type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)

    def _application(self) -> Application[Any, Any, Any, Any, Any, Any]:
        builder = ApplicationBuilder().token(self._token).concurrent_updates(64)
        if self._base_url:
            builder = builder.base_url(self._base_url)
        application = builder.build()
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        application.add_handler(MessageHandler(private, self.on_message))
        application.add_handler(CallbackQueryHandler(self.on_choice))
        application.add_error_handler(_on_error)
        return application

    async def on_message(self, update: Update, context: Context) -> None:
        """Answer a text; anything else than text is refused kindly."""
        message = update.effective_message
        chat = update.effective_chat
        if message is None or chat is None or (message.from_user or chat).id is None:
            return
        text = message.text
        command = _COMMANDS.get((text or "").split("@")[0].split(" ")[0])
        user = message.from_user
        await self._turn(
            chat.id,
            context,
            Incoming(
                session=self._sessions.get(chat.id),
                id=f"tg-{update.update_id}",
                text=None if command else text or "",
                choice=command,
                media=text is None,
                language=self._first_language(
                    chat.id, user.language_code if user else None
                ),
                channel="telegram",
            ),
        )

    async def on_choice(self, update: Update, context: Context) -> None:
        """Answer a button."""
        query = update.callback_query
        chat = update.effective_chat
        if query is None or chat is None:
            return
        try:
            await query.answer()
        except TelegramError:
            _log.warning("button_not_acknowledged")
        await self._turn(
            chat.id,
            context,
            Incoming(
                session=self._sessions.get(chat.id),
                id=f"tg-{update.update_id}",
                choice=str(query.data or "menu"),
                channel="telegram",
            ),
        )

    def _first_language(self, chat: int, code: str | None) -> str | None:
        """Return Telegram's hint for a chat that is new to us."""
        if chat in self._sessions or not code:
            return None
        language = code.split("-")[0].lower()
        return language if self._conversation.speaks(language) else None

    async def _turn(self, chat: int, context: Context, incoming: Incoming) -> None:
        reply = await self._conversation.take_turn(incoming)
        self._sessions[chat] = reply.session
        self._sessions.move_to_end(chat)
        while len(self._sessions) > MOST_CHATS:
            self._sessions.popitem(last=False)
        try:
            await self._send(chat, context, reply)
        except Forbidden:
            self._sessions.pop(chat, None)

    async def _send(self, chat: int, context: Context, reply: Reply) -> None:
        quiet = reply.understood.level >= 2
        for bubble in reply.messages:
            parts = split(render(bubble))
            for number, part in enumerate(parts, 1):
                last = number == len(parts)
                await context.bot.send_message(
                    chat,
                    part,
                    parse_mode="HTML",
                    disable_notification=quiet,
                    reply_markup=keyboard(bubble) if last else None,
                )


async def _poll(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Fetch updates until cancelled."""
    if application.updater is None:
        raise TelegramError("the application was built without polling")
    await application.updater.start_polling(
        allowed_updates=["message", "callback_query"]
    )
    try:
        await asyncio.Event().wait()
    finally:
        await application.updater.stop()
        await application.stop()


def render(bubble: Bubble) -> str:
    """Return a bubble in the HTML subset that Telegram reads."""
    said = [html.escape(bubble.text, quote=False)]
    said.extend(_contact(card) for card in bubble.contacts)
    return "\n\n".join(said)


def split(text: str) -> list[str]:
    """Cut a long text at paragraphs, then lines, then words, inside the limit."""
    parts = []
    while len(text) > LONGEST:
        cut = max(text.rfind(mark, 0, LONGEST) for mark in ("\n\n", "\n", " "))
        cut = cut if cut > 0 else LONGEST
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text]


def keyboard(bubble: Bubble) -> InlineKeyboardMarkup | None:
    """Return a bubble's choices as buttons, one below the other."""
    rows = [
        [InlineKeyboardButton(choice.label, callback_data=choice.choice)]
        for choice in bubble.choices
        if len(choice.choice.encode()) <= LONGEST_DATA
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _contact(card: ContactCard) -> str:
    facts = (card.phone, card.sms, card.chat, card.url, card.hours)
    lines = [f"<b>{html.escape(card.name, quote=False)}</b>"]
    lines.extend(html.escape(fact, quote=False) for fact in facts if fact)
    return "\n".join(lines)


async def _on_error(update: object, context: Context) -> None:
    _log.error("update_failed", error=type(context.error).__name__)
