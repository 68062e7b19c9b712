/** A callback plugin of Ansible (docs.ansible.com, Developing plugins) that says as JSON, a line each, what happens on each host. */
export const callbackPlugin = `from __future__ import annotations

DOCUMENTATION = """
name: muster
type: stdout
short_description: One JSON object a line for Muster
description: What each task did on each host, as it happens.
"""
import json
import sys

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "muster"

    def _say(self, **event):
        sys.stdout.write(json.dumps(event) + "\\n")
        sys.stdout.flush()

    def _ended(self, status, result, ignored=False):
        said = result._result
        text = lambda key: said.get(key) if isinstance(said.get(key), str) else ""
        hidden = "censored" in said
        self._say(
            type="task",
            host=result._host.get_name(),
            name=result._task.get_name().strip(),
            status=status,
            changed=bool(said.get("changed", False)),
            ignored=bool(ignored),
            code=said.get("rc") if isinstance(said.get("rc"), int) else None,
            stdout="" if hidden else text("stdout"),
            stderr="" if hidden else text("stderr") or text("module_stderr"),
            message=said["censored"] if hidden else text("msg"),
        )

    def v2_runner_on_start(self, host, task):
        self._say(type="start", host=host.get_name(), name=task.get_name().strip())

    def v2_runner_on_ok(self, result):
        self._ended("ok", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._ended("failed", result, ignore_errors)

    def v2_runner_on_skipped(self, result):
        self._ended("skipped", result)

    def v2_runner_on_unreachable(self, result):
        self._ended("unreachable", result)

    def v2_playbook_on_stats(self, stats):
        for host in sorted(stats.processed.keys()):
            self._say(type="end", host=host, **stats.summarize(host))
`;
