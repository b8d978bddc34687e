"""Tests of answers that come back: scores with their protocol, and what is refused."""

import json

import judges
import made_run
import pytest
from click.testing import CliRunner

from gan_keras.cli import main
from gan_keras.metrics import score as score_file
from gan_keras.pages.judging import scores


@pytest.fixture
def run(tmp_path):
    return made_run.made(tmp_path / "run")


def fooled(num):
    """A judge who is awake, and wrong on the first `num` of the counted trials."""
    return lambda index, part, truth: truth != (part == "judged" and index < num)


def three(tmp_path, study, wrong=(4, 6, 8)):
    return [
        judges.answered(tmp_path / f"{number}.json", study, number, fooled(num), name=f"J{number}")
        for number, num in enumerate(wrong, start=1)
    ]


def test_scores_are_means_over_judges_with_their_protocol(run, tmp_path):
    study = judges.studied(run)  # 20 counted trials each: errors 0.2, 0.3, 0.4
    found = scores.scored(run, three(tmp_path, study))
    assert score_file.read(run.scores_file) == found.scores
    by_name = {score.metric: score for score in found.scores}
    assert list(by_name) == [
        *("human_error", "human_error_fake", "human_error_real", "human_d_prime", "human_bias"),
    ]
    error = by_name["human_error"]
    assert error.value == pytest.approx(0.3)
    assert error.std == pytest.approx(0.1)
    assert error.interval == pytest.approx((0.0515862, 0.5484138), abs=1e-6)
    assert found.bootstrap["human_error"] == pytest.approx((0.2, 0.4))
    parts = by_name["human_error_fake"].value, by_name["human_error_real"].value
    assert sum(parts) / 2 == pytest.approx(0.3)  # as many real ones as fakes
    assert error.extractor == (
        "3 people, one picture at a time, unlimited time, step 100, 10 vigilance trials, 0 judges "
        "left out by them@abc"
    )
    assert (error.num_real, error.num_fake, error.resize) == (30, 30, "shown at 280x280 pixels")
    assert (error.data, error.seed) == ("fashion_mnist_10k/train@f00d", 4)


def test_errors_on_fakes_and_on_real_ones_are_told_apart(run, tmp_path):
    study = judges.studied(run)
    all_real = judges.answered(
        tmp_path / "a.json", study, 1, lambda i, part, truth: part != "vigilance"
    )
    found = scores.scored(run, [all_real])
    values = {score.metric: score.value for score in found.scores}
    assert values["human_error_fake"] == 1
    assert values["human_error_real"] == 0
    assert values["human_d_prime"] == pytest.approx(0)
    assert values["human_bias"] < 0
    assert [score.interval for score in found.scores] == [None] * 5
    assert [score.std for score in found.scores] == [None] * 5


def test_pairs_and_staircases(run, tmp_path):
    pairs = judges.studied(run, mode="pairs", study="pairs")  # 10 counted trials each
    found = scores.scored(run, three(tmp_path, pairs))
    assert [score.metric for score in found.scores] == [
        "human_error",
        "human_d_prime",
        "human_bias",
    ]
    assert found.scores[0].value == pytest.approx(0.6)
    adaptive = judges.studied(run, exposure="adaptive", study="stairs")
    found = scores.scored(run, three(tmp_path, adaptive, wrong=(0, 0, 0)))
    (score,) = found.scores
    assert score.metric == "human_threshold_ms"
    # 500, 490, ...: the last ten of twenty are 400 to 310
    assert score.value == pytest.approx(355)
    assert "time by a staircase to 75% right" in score.extractor
    fixed = judges.studied(run, exposure=250, study="fixed")
    found = scores.scored(run, three(tmp_path, fixed))
    assert "250 ms and a mask" in found.scores[0].extractor


BESIDE = {"run": "[b]other", "step": 7}


def fooled_by(own, other, real=0):
    """A judge wrong on so many of the run's samples, of the other run's, and of real ones."""
    left = {"fake": own, "other": other, None: real}

    def says(index, part, truth, of):
        is_wrong = part == "judged" and left[of] > 0
        left[of] -= is_wrong
        return truth != is_wrong

    return says


def test_two_runs_are_compared_judge_by_judge(run, tmp_path):
    study = judges.studied(run, beside=BESIDE)  # 10 real ones, 10 of each run
    wrong = ((4, 2, 1), (6, 3, 1), (8, 4, 1))
    paths = [
        judges.answered(tmp_path / f"{number}.json", study, number, fooled_by(*errors))
        for number, errors in enumerate(wrong, start=1)
    ]
    found = scores.scored(run, paths)
    by_name = {score.metric: score for score in found.scores}
    assert len(by_name) == 13
    assert by_name["human_error"].value == pytest.approx(0.35)  # 5, 7, 9 of 20
    assert by_name["human_error@[b]other"].value == pytest.approx(0.2)  # 3, 4, 5 of 20
    assert by_name["human_error_fake"].value == pytest.approx(0.6)
    assert by_name["human_error_fake@[b]other"].value == pytest.approx(0.3)
    for end in ("", "@[b]other"):
        assert by_name[f"human_error_real{end}"].value == pytest.approx(0.1)
    difference = by_name["human_error_fake_difference@[b]other"]
    assert difference.value == pytest.approx(0.3)  # of 0.2, 0.3, 0.4
    # narrower than either run's own, since it is taken judge by judge: t of the differences
    assert difference.interval == pytest.approx((0.0515862, 0.5484138), abs=1e-6)
    ours, theirs = (by_name[f"human_d_prime{end}"].value for end in ("", "@[b]other"))
    assert by_name["human_d_prime_difference@[b]other"].value == pytest.approx(ours - theirs)
    assert ours < theirs
    assert "step 100, among those of [b]other, step 7, 10 vigilance" in difference.extractor
    assert (difference.num_real, difference.num_fake) == (30, 30)
    output = call(run.folder, "--score", *paths).output
    rows = [line.split("│")[1:-1] for line in output.splitlines() if line.startswith("│")]
    rows = [[cell.strip() for cell in row] for row in rows]
    headings = [row[0] for row in rows if not row[1]]
    assert headings == ["run", "[b]other", "run minus [b]other"]
    last = rows[rows.index(["run minus [b]other", "", "", ""]) :]
    assert last[2] == ["human_error_fake", "0.3", "0.0516 to 0.548", "0.2 to 0.4"]


def test_a_difference_may_be_below_zero_and_pairs_are_compared_too(run, tmp_path):
    study = judges.studied(run, beside=BESIDE, mode="pairs")  # 10 pairs with each run
    paths = [
        judges.answered(tmp_path / f"{number}.json", study, number, fooled_by(0, wrong))
        for number, wrong in enumerate((0, 1, 2), start=1)
    ]
    by_name = {score.metric: score for score in scores.scored(run, paths).scores}
    assert len(by_name) == 8
    assert by_name["human_error"].interval == (0, 0)
    low, high = by_name["human_error_difference@[b]other"].interval
    assert (low, high) == pytest.approx((-0.1 - 0.2484138, -0.1 + 0.2484138), abs=1e-6)


def test_runs_that_nobody_can_compare_are_refused(run, tmp_path):
    other = made_run.made(tmp_path / "other")
    config = json.loads(other.config_file.read_text())
    config["data"] |= {"name": "elsewhere", "fingerprint": "beef"}
    other.config_file.write_text(json.dumps(config))
    for arguments, wanted in (
        (("--play",), "A game is of one run alone. Leave --beside out, or --play."),
        (("--exposure", "adaptive"), "A staircase is of one run alone."),
        ((), "was trained on fashion_mnist_10k, "),
    ):
        assert wanted in refused(run.folder, "--beside", other.folder, *arguments)
    assert "--beside names the run itself" in refused(run.folder, "--beside", run.folder)
    assert "nowhere" in refused(run.folder, "--beside", tmp_path / "nowhere")
    assert not list(run.folder.glob("judging*"))


def test_judges_who_sleep_are_left_out_and_named(run, tmp_path):
    study = judges.studied(run)
    awake = judges.answered(tmp_path / "awake.json", study, 1, fooled(4))
    missed = lambda index, part, truth: truth != (part == "vigilance" and index < 3)  # noqa: E731
    asleep = judges.answered(tmp_path / "asleep.json", study, 2, missed)
    two_missed = lambda index, part, truth: truth != (part == "vigilance" and index < 2)  # noqa: E731
    tired = judges.answered(tmp_path / "tired.json", study, 3, two_missed)
    found = scores.scored(run, [awake, asleep, tired])
    assert [one.path.name for one in found.asleep] == ["asleep.json"]
    assert [one.path.name for one, _ in found.judged] == ["awake.json", "tired.json"]
    assert "2 people" in found.scores[0].extractor
    assert "1 judges left out" in found.scores[0].extractor
    with pytest.raises(ValueError, match="No judge was awake"):
        scores.scored(run, [asleep])


def test_pictures_that_a_screen_showed_too_long_are_left_out_and_counted(run, tmp_path):
    study = judges.studied(run, exposure=250)
    wrong = lambda index, part, truth: truth != (part == "judged" and index < 4)  # noqa: E731
    late = judges.answered(tmp_path / "late.json", study, 1, wrong, late=range(2, 6))
    found = scores.scored(run, [late])
    assert found.scores[0].value == pytest.approx(2 / 16)  # of 20, two wrong ones are left
    assert "4 trials and 0 judges left out whose screen was late" in found.scores[0].extractor
    never = judges.answered(tmp_path / "never.json", study, 2, wrong, late=range(11))
    found = scores.scored(run, [late, never])
    assert [one.path.name for one in found.unshown] == ["never.json"]
    assert "4 trials and 1 judges left out whose" in found.scores[0].extractor
    output = call(run.folder, "--score", late, never).output
    assert f"Left out: {never}, whose screen showed 9 of 20 pictures for as long as" in output
    with pytest.raises(ValueError, match="No judge's screen showed half of the pictures"):
        scores.scored(run, [never])
    stairs = judges.studied(run, exposure="adaptive", study="stairs")
    right = judges.answered(
        tmp_path / "stairs.json", stairs, 1, lambda index, part, truth: truth, late=[19]
    )
    ((one, _),) = scores.scored(run, [right], write=False).judged
    assert one.kept == [True] * 19 + [False]


def call(*arguments):
    return CliRunner().invoke(main, ["judge", *map(str, arguments)])


def refused(*arguments):
    result = call(*arguments)
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    return line


def test_the_command_scores_many_files_at_once(run, tmp_path):
    paths = three(tmp_path, judges.studied(run))
    result = call(run.folder, "--score", *paths)
    assert result.exit_code == 0, result.output
    assert "human_error " in result.output
    assert "0.0516 to 0.548" in result.output
    assert "0.2 to 0.4" in result.output
    assert len(score_file.read(run.scores_file)) == 5
    result = call(run.folder, "--score", paths[0])
    assert "One judge says nothing about others: no interval." in result.output


def edited(path, change):
    """The file after `change`, its checksum as it was."""
    whole = json.loads(path.read_text())
    change(whole)
    path.write_text(json.dumps(whole))
    return path


def test_answers_that_were_edited_are_refused(run, tmp_path):
    study = judges.studied(run)
    one = judges.answered(tmp_path / "a.json", study, 1, fooled(0), name='Zoë ✓\n"')

    def turn(whole):
        whole["answers"][20]["said"] = not whole["answers"][20]["said"]

    assert scores.scored(run, [one], write=False).scores[0].value == 0
    assert "it was edited or damaged" in refused(run.folder, "--score", edited(one, turn))
    scores.scored(run, [edited(one, turn)], write=False)  # turned back
    edited(one, lambda whole: whole["about"].update(name="Bob"))
    assert "it was edited or damaged" in refused(run.folder, "--score", one)
    assert not run.scores_file.exists()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "{", '{"about": 1}', '{"about": {}, "answers": [], "checksum": "0"}', "9" * 9],
)
def test_what_is_no_file_of_answers_is_refused(run, tmp_path, text):
    judges.studied(run)
    (tmp_path / "a.json").write_text(text)
    line = refused(run.folder, "--score", tmp_path / "a.json")
    assert "a.json' is no file of answers" in line
    assert "indices" not in line  # Python's words
    assert "subscriptable" not in line


def test_answers_that_do_not_belong_are_refused(run, tmp_path):
    study = judges.studied(run)
    first = judges.answered(tmp_path / "a.json", study, 1, fooled(0), name="Ann")
    again = judges.answered(tmp_path / "b.json", study, 1, fooled(1))
    namesake = judges.answered(tmp_path / "c.json", study, 2, fooled(1), name="ann")
    assert "b.json' answers the same page as" in refused(run.folder, "--score", first, again)
    assert "c.json' is by 'ann', as" in refused(run.folder, "--score", first, namesake)
    assert "a.json' answers the same page as" in refused(run.folder, "--score", first, first)
    assert "There is no file 'nowhere.json'" in refused(run.folder, "--score", "nowhere.json")

    other = made_run.made(tmp_path / "other")
    assert "answers a page of another run" in refused(other.folder, "--score", first)
    second = judges.studied(run, study="def")
    late = judges.answered(tmp_path / "d.json", second, 2, fooled(0))
    assert "d.json' is of another study than" in refused(run.folder, "--score", first, late)
    game = judges.studied(run, study="game", play=True)
    played = judges.answered(tmp_path / "e.json", game, 1, fooled(0))
    assert "e.json' is of a game" in refused(run.folder, "--score", played)


def test_answers_that_miss_trials_or_times_are_refused(run, tmp_path):
    study = judges.studied(run, exposure="adaptive")
    path = judges.answered(tmp_path / "a.json", study, 1, fooled(0))
    whole = json.loads(path.read_text())
    about, given = whole["about"], whole["answers"]
    for bad in (
        given[:-1],
        given[1:],
        [*given, given[-1]],
        [*given[:-1], {"trial": 0}],
        [1] * len(given),
    ):
        judges.write(path, about, bad)
        assert "does not answer each trial of its page once" in refused(run.folder, "--score", path)
    judges.write(path, about, [{**one, "asked": 500} for one in given])
    assert "was not shown for the times of its study" in refused(run.folder, "--score", path)
    judges.write(path, {**about, "page": "abc-9"}, given)
    assert "does not answer each trial" in refused(run.folder, "--score", path)


def test_a_damaged_key_is_refused(run, tmp_path):
    study = judges.studied(run)
    path = judges.answered(tmp_path / "a.json", study, 1, fooled(0))
    (run.folder / "judging-abc/key.json").write_text("{")
    assert "key.json' is damaged" in refused(run.folder, "--score", path)
