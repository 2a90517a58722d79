import pickle

from ingest.problem import AnnotationError, Problems


def test_an_error_crosses_processes_whole() -> None:
    problems = Problems("a.yaml")
    problems.add(3, "one")
    problems.add(0, "two")
    error = pickle.loads(pickle.dumps(AnnotationError(problems.found)))
    assert str(error) == "a.yaml:3: one (and 1 more)"
    assert [str(problem) for problem in error.problems] == ["a.yaml:3: one", "a.yaml: two"]
