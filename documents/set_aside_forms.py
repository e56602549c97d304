from documents.forms import ReasonForm


class SetAsideForm(ReasonForm):
    """Why one paper is set aside. Several stand on the page of a case, each with a form of its own."""

    def __init__(self, *args, paper, **kwargs):
        kwargs |= {"prefix": "redo", "auto_id": f"id_{paper.pk}_%s"}
        super().__init__(*args, **kwargs)
        self.paper = paper


def give_forms(papers, case, refused=None):
    """Give each paper its form: the refused one where it was sent."""
    for paper in papers:
        is_own = refused is not None and refused.paper.pk == paper.pk
        paper.redo_form = (
            refused if is_own else SetAsideForm(paper=paper, initial={"version": case.version})
        )
