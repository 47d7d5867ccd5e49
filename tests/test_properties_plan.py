"""A plan is a promise: its lines, written into a copy, give exactly the score it told, for made and for real documents."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making import drafts, frameworks, written
from openreform.findings import Threshold
from openreform.kinds import kind_called
from openreform.loading.frameworks import LoadedFramework
from openreform.loading.reforms import Document, parse_document
from openreform.planning.applying import applied
from openreform.planning.routing import Asked, plan, verify
from openreform.scoring.assess import reader_of
from openreform.scoring.routes import Standing
from test_properties import EACH, sound


@settings(EACH, max_examples=40)
@given(st.data(), frameworks(), st.sampled_from((20, 30, 60, 100)))
def test_steps_applied_give_exactly_the_score_promised(
    data: st.DataObject, loaded: LoadedFramework, limit: float
) -> None:
    framework = loaded.framework
    kind = kind_called(framework.applies_to)
    draft = data.draw(drafts(framework))
    document = sound(draft, framework)
    targets = (
        (Threshold("promise", None, limit, ""),)
        if framework.overall
        else tuple(Threshold("promise", part.id, limit, "") for part in framework.dimensions)
    )
    wanted = Asked(targets, framework.gates[:2])
    route = plan(document, loaded, wanted)
    if route.outcome != "way":
        return
    made = applied(written(draft), document, kind, route.additions)
    copied = parse_document(made, "x.yaml", kind, filled=True)
    assert isinstance(copied, Document)
    reform = copied.reform.model_copy(update={"undescribed": ()})
    reached = Standing(framework, reader_of(reform, framework, copied.locate))
    told = verify(copied, loaded, wanted)
    lacking = {step.criterion for step in route.steps if step.lacking}
    if lacking:  # said to be left to the author: a level that no added line can reach
        return
    assert told.outcome == "met", made
    assert [change.after for change in route.dimensions] == [
        pytest.approx(score.score) if score else None for score in reached.scores.dimensions.values()
    ]
    if framework.overall and route.overall:
        assert route.overall.after == pytest.approx(reached.scores.overall.score)
    assert [aim.after for aim in route.scores] == [pytest.approx(aim.now) for aim in told.scores]
    assert [aim.after for aim in route.gates] == [aim.now for aim in told.gates]
