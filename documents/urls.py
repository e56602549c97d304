from django.urls import path

from documents.views import cases, closing, papers, steps, templates, trusted_lists

app_name = "documents"
urlpatterns = [
    path("", cases.case_list, name="list"),
    path("start/", cases.start, name="start"),
    path("find-organisation/", cases.find_organisation, name="find_organisation"),
    path("ask-register/", cases.ask_register, name="ask_register"),
    path("templates/", templates.waiting, name="templates"),
    path("templates/<int:pk>/approve/", templates.approve, name="approve_template"),
    path("<int:pk>/", cases.case, name="case"),
    path("<int:pk>/organisation/", steps.choose_organisation, name="choose_organisation"),
    path("<int:pk>/organisation/ask-register/", steps.name_organisation, name="name_organisation"),
    path("<int:pk>/contacts/", steps.give_contacts, name="give_contacts"),
    path("<int:pk>/advise/", closing.advise, name="advise"),
    path("<int:pk>/cancel/", closing.cancel, name="cancel"),
    path("<int:pk>/hand-over/", closing.hand_over, name="hand_over"),
    path("papers/<int:pk>/check/", steps.check_again, name="check_again"),
    path("papers/<int:pk>/signers/", steps.choose_signers, name="choose_signers"),
    path("papers/<int:pk>/draft/", steps.request_draft, name="request_draft"),
    path("papers/<int:pk>/redo/", closing.redo, name="redo"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper_file"),
    path("trusted-lists/", trusted_lists.trusted_lists, name="trusted_lists"),
    path("trusted-lists/fetch/", trusted_lists.fetch, name="fetch_trusted_lists"),
]
