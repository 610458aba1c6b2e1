"""The description of the chat API, made from the values it carries."""

from typing import Any

import msgspec

from bot.conversation.messages import Reply
from bot.web.chatbody import ChatBody

_, _SCHEMAS = msgspec.json.schema_components(
    (ChatBody, Reply), ref_template="#/components/schemas/{name}"
)


def _content(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


OPENAPI: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "copbot chat API", "version": "1"},
    "paths": {
        "/api/chat": {
            "post": {
                "summary": "Take one turn of a conversation",
                "requestBody": {"required": True, "content": _content("ChatBody")},
                "responses": {
                    "200": {"description": "the answer", "content": _content("Reply")},
                    "400": {"description": "the body can't be read"},
                    "413": {"description": "the body is larger than 32 kB"},
                    "429": {"description": "too many messages; carries a help card"},
                    "503": {"description": "the server could not answer"},
                },
            }
        },
        "/api/session/end": {
            "post": {
                "summary": "End a conversation",
                "responses": {"204": {"description": "ended, or never was"}},
            }
        },
    },
    "components": {"schemas": _SCHEMAS},
}
