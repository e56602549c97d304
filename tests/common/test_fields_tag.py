import pytest
from django import forms

from common.templatetags.fields import widget


class Asked(forms.Form):
    kind = forms.ChoiceField(choices=[("", "---------"), ("a", "Apple ---------")])
    name = forms.CharField(
        label="Name", widget=forms.TextInput(attrs={"placeholder": "Name", "class": "wide"})
    )
    law = forms.CharField(label="Law", widget=forms.TextInput(attrs={"placeholder": "MSVS § 6"}))


def test_empty_choice_is_a_dash_and_other_words_stay():
    drawn = widget(Asked()["kind"])

    assert ">–</option>" in drawn
    assert ">---------</option>" not in drawn
    assert "Apple ---------" in drawn


@pytest.mark.parametrize(("name", "placeholder"), [("name", ""), ("law", "MSVS § 6")])
def test_placeholder_that_repeats_the_label_goes(name, placeholder):
    drawn = widget(Asked()[name])

    assert f'placeholder="{placeholder}"' in drawn


def test_class_that_the_form_gave_stays():
    assert 'class="form-control wide"' in widget(Asked()["name"])
