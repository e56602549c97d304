"""The stand-in of Jira with so many issues: words on its input tell it what happens there.

begin    what there is    change   tier II says something of each, and moves two thirds of them    age   a week passes
"""

import datetime as dt
import json
import sys

from tests.standins.jira import DATA_CENTER, start

FAR_ON = ("In Progress", "Done", "")  # a third each; the last is spoken of only
A_WEEK = dt.timedelta(days=7)


def main() -> None:
    server = start(DATA_CENTER)
    site = server.site
    site.hooks.url = ""
    issues = [site.raise_issue(f"Viga {place}") for place in range(int(sys.argv[1]))]
    first = {
        "address": site.address,
        "issues": [(issue.id, issue.key) for issue in issues],
        "status": issues[0].status.name,
        "at": site.now().isoformat(),
    }
    for word in sys.stdin:
        match word.strip():
            case "begin":
                told: dict = first
            case "change":
                for place, issue in enumerate(issues):
                    site.comment(issue.id, f"Uurisime: kirje {place} oli lukus, nüüd on lahti.")
                    if status := FAR_ON[place % len(FAR_ON)]:
                        site.set_status(issue.id, status)
                told = {}
            case _:
                for issue in issues:
                    issue.updated -= A_WEEK
                    site.reindex(issue)
                told = {}
        sys.stdout.write(f"{json.dumps(told)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
