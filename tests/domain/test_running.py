"""What runs together: phases end where they were called, branches wait for each other, answers do not contradict themselves."""

from app.domain.lookahead import Ahead, steps_ahead, ways_on
from app.domain.procedure import Procedure
from tests.domain.test_lookahead import ids, procedure, process, told

SHARED = ("start_s > choice_s", "choice_s > do_s : ja [danger == 'ja']", "choice_s > end_s : nee [else]", "do_s > end_s")


def ways(found: tuple[Ahead, ...]) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [(ahead.element.id, told(ahead)) for ahead in found]


def shared() -> Procedure:
    """Two steps that each call the same phase, and go on to different steps behind it."""
    main = process("main", "do_a > call_s_1", "call_s_1 > do_x", "do_b > call_s_2", "call_s_2 > do_y")
    return procedure(main, process("s", *SHARED), asks={"do_a": "danger", "do_b": "danger"})


def test_a_shared_phase_leads_back_to_where_it_was_called() -> None:
    assert ways(ways_on(shared(), "do_a", {})) == [("do_s", (("choice_s?", "ja"),)), ("do_x", (("choice_s?", "nee"),))]
    assert ids(steps_ahead(shared(), "do_a", {})) == ["do_s", "do_x"]


def test_a_step_of_a_shared_phase_goes_on_behind_the_call_that_it_runs_in() -> None:
    assert ids(ways_on(shared(), "do_s")) == ["do_x", "do_y"]
    assert ids(ways_on(shared(), "do_s", within=("call_s_2",))) == ["do_y"]


def test_branches_that_all_end_go_on_together_and_need_the_answers_of_each() -> None:
    phase = process(
        "duty",
        *("start_d > all", "all > choice_1", "all > choice_2"),
        *("choice_1 > do_1 : ja", "choice_1 > end_1 : nee", "choice_2 > do_2 : ja", "choice_2 > end_2 : nee"),
    )
    drawn = procedure(process("main", "do_a > call_duty", "call_duty > do_b"), phase)

    found = dict(ways(ways_on(drawn, "do_a")))
    assert found["do_1"] == (("choice_1?", "ja"),)
    assert set(found["do_b"]) == {("choice_1?", "nee"), ("choice_2?", "nee")}


def test_a_branch_that_ends_ends_nothing_where_another_end_stops_all() -> None:
    phase = process("loop", "start_l > all", "all > do_a", "all > do_b", "do_a > end_l", "do_b > stop_l")
    drawn = procedure(process("main", "start > call_loop", "call_loop > do_c"), phase)

    assert ids(ways_on(drawn, "do_a")) == []
    assert ids(ways_on(drawn, "do_b")) == ["do_c"]
    assert "do_c" not in ids(steps_ahead(drawn, "do_a"))


JOIN = (
    *("start > all_1", "all_1 > do_a", "all_1 > do_b", "do_a > all_2", "do_b > all_2", "all_2 > choice"),
    *("choice > do_yes : ja [found == 'ja']", "choice > do_no : nee [else]"),
)


def test_what_stands_behind_a_join_also_waits_for_the_others_and_for_what_they_answer() -> None:
    drawn = procedure(process("main", *JOIN), asks={"do_b": "found"})

    assert [(a.element.id, a.joined, a.choices) for a in ways_on(drawn, "do_a", {})] == [
        ("do_yes", True, ()),
        ("do_no", True, ()),
    ]
    assert ids(steps_ahead(drawn, "do_a", {})) == ["do_yes", "do_no"]


def test_a_split_that_is_joined_at_once_waits_for_nobody() -> None:
    drawn = procedure(process("main", "do_a > all_1", "all_1 > service_x", "all_1 > all_2", "service_x > all_2", "all_2 > do_b"))

    assert [(ahead.element.id, ahead.joined) for ahead in ways_on(drawn, "do_a")] == [("do_b", False)]


def test_what_an_answer_decided_once_it_decides_everywhere() -> None:
    drawn = procedure(
        process(
            "main",
            *("do_a > choice_1", "choice_1 > do_yes : ja [wants == 'ja']", "choice_1 > choice_2 : nee [else]"),
            *("choice_2 > do_yes : ja [wants == 'ja']", "choice_2 > do_no : nee [else]"),
        ),
        asks={"do_a": "wants"},
    )

    assert ways(ways_on(drawn, "do_a", {})) == [("do_yes", (("choice_1?", "ja"),)), ("do_no", (("choice_1?", "nee"),))]


def test_a_step_that_comes_again_is_told() -> None:
    drawn = procedure(process("main", "do_a > choice", "choice > do_a : nog eens", "choice > do_b : verder"))

    assert ways(ways_on(drawn, "do_a")) == [("do_a", (("choice?", "nog eens"),)), ("do_b", (("choice?", "verder"),))]
