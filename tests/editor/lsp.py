"""A client of one language server: as much of the protocol as the rows need."""

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path


class Server:
    """rust-analyzer on one folder. Positions are (line, character), from 0."""

    def __init__(self, program, folder, settings, log):
        self.folder, self.settings = Path(folder), settings
        self.texts, self.answers, self.published = {}, {}, {}
        self.next_id, self.status, self.arrived = 0, {}, queue.Queue()
        self.process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(log, "w"), cwd=folder
        )
        threading.Thread(target=self._read, daemon=True).start()
        uri = self.folder.as_uri()
        self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": self.folder.name}],
                "initializationOptions": settings,
                "capabilities": {
                    "experimental": {"serverStatusNotification": True},
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                        "hover": {"contentFormat": ["markdown"]},
                        "definition": {"linkSupport": True},
                        "diagnostic": {},
                    },
                },
            },
        )
        self._send({"method": "initialized", "params": {}})

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self):
        out = self.process.stdout
        while True:
            length = 0
            while (line := out.readline().strip()):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                self.arrived.put(None)
                return
            self._take(json.loads(out.read(length)))

    def _take(self, message):
        if "id" in message and "method" in message:
            asked = message["method"] == "workspace/configuration"
            result = [self.settings for _ in message["params"]["items"]] if asked else None
            self._send({"id": message["id"], "result": result})
        elif "id" in message:
            self.answers[message["id"]] = message
        elif message["method"] == "experimental/serverStatus":
            self.status = message["params"]
        elif message["method"] == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        self.arrived.put(message)

    def _wait(self, ready, what, seconds):
        end = time.monotonic() + seconds
        while not ready():
            try:
                message = self.arrived.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise SystemExit(f"rust-analyzer does not answer: {what}") from None
            if message is None:
                raise SystemExit(f"rust-analyzer has ended: {what}")

    def request(self, method, params, seconds=300):
        self.next_id += 1
        this = self.next_id
        self._send({"id": this, "method": method, "params": params})
        self._wait(lambda: this in self.answers, method, seconds)
        answer = self.answers.pop(this)
        if "error" in answer:
            raise SystemExit(f"{method}: {answer['error']}")
        return answer["result"]

    def wait_until_loaded(self, seconds=600):
        """Waits for the workspace, the build scripts and the macros."""
        self._wait(lambda: self.status.get("quiescent"), "loading", seconds)
        if self.status.get("health") != "ok":
            raise SystemExit(f"rust-analyzer is not well: {self.status}")

    def open(self, path):
        self.texts[path] = Path(path).read_text()
        document = {"uri": Path(path).as_uri(), "languageId": "rust", "version": 1, "text": self.texts[path]}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})

    def _at(self, path, position):
        line, character = position
        return {"textDocument": {"uri": Path(path).as_uri()}, "position": {"line": line, "character": character}}

    def completions(self, path, position):
        found = self.request("textDocument/completion", self._at(path, position)) or []
        return found["items"] if isinstance(found, dict) else found

    def documentation(self, item):
        """What an editor shows beside a completion."""
        full = self.request("completionItem/resolve", item)
        docs = full.get("documentation") or ""
        return docs["value"] if isinstance(docs, dict) else docs

    def hover(self, path, position):
        found = self.request("textDocument/hover", self._at(path, position))
        return found["contents"]["value"] if found else ""

    def definitions(self, path, position):
        """Where one gets to: pairs of a path and a position."""
        found = self.request("textDocument/definition", self._at(path, position)) or []
        places = []
        for link in found if isinstance(found, list) else [found]:
            start = (link.get("targetSelectionRange") or link["range"])["start"]
            uri = link.get("targetUri") or link["uri"]
            places.append((uri.removeprefix("file://"), (start["line"], start["character"])))
        return places

    def references(self, path, position):
        # In the word: at its beginning the comment before it is asked.
        position = (position[0], position[1] + 1)
        context = {"context": {"includeDeclaration": True}}
        found = self.request("textDocument/references", {**self._at(path, position), **context}) or []
        starts = [(place["uri"], place["range"]["start"]) for place in found]
        return [(uri.removeprefix("file://"), (start["line"], start["character"])) for uri, start in starts]

    def errors(self, path):
        """What is marked red: (line, character, message)."""
        uri = Path(path).as_uri()
        report = self.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        found = report.get("items", []) + self.published.get(uri, [])
        return [
            (item["range"]["start"]["line"], item["range"]["start"]["character"], item["message"])
            for item in found
            if item.get("severity", 1) == 1
        ]

    def expansion(self, path, position):
        found = self.request("rust-analyzer/expandMacro", self._at(path, position))
        return found["expansion"] if found else ""

    def close(self):
        self.request("shutdown", None, 30)
        self._send({"method": "exit"})
        self.process.wait(30)
