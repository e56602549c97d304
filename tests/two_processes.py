"""Do things at the same moment in processes of their own, each with its own database connection."""

import multiprocessing
import traceback

from django.db import connections

FORK = multiprocessing.get_context("fork")


def at_once(*functions):
    """Run each function in a process; return what each returned, or the name of what it raised."""
    connections.close_all()  # a connection must not be shared over a fork
    start = FORK.Barrier(len(functions))
    answers = FORK.Queue()
    processes = [
        FORK.Process(target=_run, args=(start, answers, place, function))
        for place, function in enumerate(functions)
    ]
    for process in processes:
        process.start()
    found = dict(answers.get(timeout=60) for _ in processes)
    for process in processes:
        process.join(30)
    return [found[place] for place in range(len(functions))]


def _run(start, answers, place, function):
    try:
        start.wait(30)
        answers.put((place, function()))
    except Exception as error:
        traceback.print_exc()
        answers.put((place, type(error).__name__))
    finally:
        connections.close_all()
