"""A small client of the Language Server Protocol: as much of an editor as a test needs.

It talks JSON-RPC over the server's standard input and output, as https://microsoft.github.io/language-server-protocol/ says.
"""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 60.0  # seconds for one answer: many times what it takes, so that only a hanging server fails

# What an editor has set: everything the server offers, and no catalogue from the network.
SETTINGS: dict[str, Any] = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "format": {"enable": False},
        "schemaStore": {"enable": False, "url": ""},
        "kubernetesCRDStore": {"enable": False},
    }
}
CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True},
}


class Editor:
    """An editor with one folder open."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._command, self._folder, self._last = command, folder, 0
        self._arrived: queue.Queue[dict[str, Any]] = queue.Queue()
        self._marks: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self._folder
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        root = self._folder.as_uri()
        folders = [{"uri": root, "name": self._folder.name}]
        self.ask("initialize", processId=None, rootUri=root, workspaceFolders=folders, capabilities=CAPABILITIES)
        self._send(method="initialized", params={})
        self._send(method="workspace/didChangeConfiguration", params={"settings": SETTINGS})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.ask("shutdown")
                self._send(method="exit")
                self._server.wait(PATIENCE)
        finally:
            self._server.kill()
            self._server.wait()
            self._reader.join()
            for stream in (self._server.stdin, self._server.stdout):
                if stream:
                    stream.close()

    def marks(self, name: str, text: str) -> list[dict[str, Any]]:
        """What the editor underlines in a file of the folder once that text stands in it."""
        uri = self._uri(name)
        self._marks.pop(uri, None)
        opened = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": opened})
        self._until(lambda: uri in self._marks)
        return self._marks[uri]

    def offers(self, name: str, line: int, column: int) -> dict[str, dict[str, Any]]:
        """What the editor offers to write at a place of an opened file, by what it shows of it."""
        answer = self.ask("textDocument/completion", **self._place(name, line, column))
        return {item["label"]: item for item in (answer["items"] if isinstance(answer, dict) else answer)}

    def hover(self, name: str, line: int, column: int) -> str:
        """What the editor shows over a place of an opened file."""
        answer = self.ask("textDocument/hover", **self._place(name, line, column))
        contents = answer["contents"] if answer else ""
        return str(contents["value"] if isinstance(contents, dict) else contents)

    def ask(self, method: str, **params: Any) -> Any:
        """The result of a request."""
        self._last += 1
        number = self._last
        answers: list[dict[str, Any]] = []
        self._send(id=number, method=method, **({"params": params} if params else {}))
        self._until(
            lambda: bool(answers), lambda message: answers.append(message) if message.get("id") == number else None
        )
        assert "error" not in answers[0], answers[0]
        return answers[0].get("result")

    def _uri(self, name: str) -> str:
        return (self._folder / name).as_uri()

    def _place(self, name: str, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": self._uri(name)}, "position": {"line": line, "character": column}}

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._server.stdin.flush()

    def _read(self) -> None:
        """Everything the server says, until it says no more."""
        assert self._server.stdout
        while True:
            length = 0
            while (line := self._server.stdout.readline()).strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not line:
                return
            self._arrived.put(json.loads(self._server.stdout.read(length)))

    def _until(self, done: Callable[[], bool], look: Callable[[dict[str, Any]], None] = lambda _: None) -> None:
        """Takes what the server says, and answers what it asks, until that is done."""
        end = time.monotonic() + PATIENCE
        while not done():
            message = self._arrived.get(timeout=max(0.01, end - time.monotonic()))
            if "method" not in message:
                look(message)
            elif message["method"] == "textDocument/publishDiagnostics":
                self._marks[message["params"]["uri"]] = message["params"]["diagnostics"]
            elif "id" in message:
                self._send(id=message["id"], result=self._answer(message["method"], message.get("params") or {}))

    @staticmethod
    def _answer(method: str, params: dict[str, Any]) -> Any:
        if method == "workspace/configuration":
            return [SETTINGS.get(item.get("section", ""), {}) for item in params["items"]]
        return None
