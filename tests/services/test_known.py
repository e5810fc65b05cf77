"""What a page tells of the facts: in the words of questions, or not at all."""

from app.demo.play import Player
from app.services import task_page
from tests.services import route


def test_a_fact_that_was_handed_over_steers_but_is_told_only_in_the_words_of_a_question(player: Player) -> None:
    number = route.guided(player)
    route.choose(player, number, "andere_vertrouwenspersoon")
    player.do("sanne", number, "propose_handover", handover_consent="ja", tick=route.SUCCESSOR)
    player.do("ruben", number, "accept_handover", accepts="ja")
    page = task_page.show(player.app, player.actor("sanne"), player.task(number, "hand_over_file"))
    assert dict(page.facts)["file_consent"] == "ja"
    told = {fact.key: fact.label for fact in page.known}
    assert "handover_consent" in told
    assert "file_consent" not in told
