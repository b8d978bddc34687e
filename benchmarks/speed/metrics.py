"""Our metrics beside torch-fidelity's, prdc's and scipy's: same features, value, time and memory.

    pip install "gan-keras[bench]"
    python -m benchmarks.speed.metrics

Each contender runs in a process of its own on the same seeded features (10,000 x 2,048 float64 a
side), ours and its peers in turn, `--repeats` times; the fastest run counts. Memory is the peak
beyond what the process held with its features ready. Peers that are not installed are skipped with
a message. Writes results/metrics.json and the table in docs/metrics.md.
"""

import argparse
import contextlib
import importlib.util
import io
import json
import os
import resource
import time

import numpy as np

from benchmarks import resumable
from benchmarks.pages import report

RESULT = report.RESULTS / "metrics.json"
PAGE = report.ROOT / "docs" / "metrics.md"
HEAD = [
    *("", "value", "largest relative difference", "seconds", "CPU seconds"),
    "MB beyond the features",
]


def features(num, width, seed):
    """Non-negative, correlated features, as an Inception network's; made without large copies."""
    random = np.random.default_rng(seed)
    mixing = np.random.default_rng(99).normal(size=(64, width)) / 8
    made = np.empty((num, width))
    for start in range(0, num, 500):
        part = made[start : start + 500]
        part[:] = random.normal(size=(len(part), 64)) @ mixing * (1 + 0.02 * seed)
        part += 0.5 * random.normal(size=part.shape)
        np.maximum(part, 0, out=part)
    return made


# Each contender: prepare(real, fake) -> what is not timed, then run(prepared) -> {name: value}.


def moments(real, fake):
    return [(x.mean(axis=0), np.cov(x, rowvar=False), len(x)) for x in (real, fake)]


def frechet_ours(prepared):
    from gan_keras.metrics import Moments, frechet_distance

    sets = []
    for mean, covariance, count in prepared:
        sets.append(Moments())
        sets[-1].count, sets[-1].mean, sets[-1].scatter = count, mean, covariance * (count - 1)
    return {"fid": frechet_distance(*sets)}


def frechet_scipy(prepared):
    import scipy.linalg

    (m, C, _), (n, D, _) = prepared
    root = scipy.linalg.sqrtm(C @ D).real
    return {"fid": float((m - n) @ (m - n) + np.trace(C) + np.trace(D) - 2 * np.trace(root))}


def frechet_torch_fidelity(prepared):
    from torch_fidelity import metric_fid

    sets = [{"mu": mean, "sigma": covariance} for mean, covariance, _ in prepared]
    return {"fid": metric_fid.fid_statistics_to_metric(*sets, False)["frechet_inception_distance"]}


def both(real, fake):
    return real, fake


def tensors(real, fake):
    import torch

    return torch.from_numpy(real), torch.from_numpy(fake)


def manifolds_ours(prepared):
    from gan_keras.metrics import manifold_scores

    return manifold_scores(*prepared, precision_k=5, density_k=5)


def manifolds_prdc(prepared):
    import prdc

    with contextlib.redirect_stdout(io.StringIO()):
        return {k: float(v) for k, v in prdc.compute_prdc(*prepared, nearest_k=5).items()}


def precision_ours(prepared):
    from gan_keras.metrics import precision_recall

    return precision_recall(*prepared, k=3)


def precision_torch_fidelity(prepared):
    from torch_fidelity import metric_prc

    real, fake = prepared
    found = metric_prc.prc_features_to_metric(fake, real, prc_neighborhood=3, verbose=False)
    return {name: found[name] for name in ("precision", "recall")}


def kernel_ours(prepared):
    from gan_keras.metrics import kernel_distance

    mean, std = kernel_distance(*prepared, seed=2020)
    return {"kid": mean, "kid_std": std}


def kernel_torch_fidelity(prepared):
    from torch_fidelity import metric_kid

    real, fake = prepared
    found = metric_kid.kid_features_to_metric(
        fake, real, kid_subsets=100, kid_subset_size=1000, rng_seed=2020, verbose=False
    )
    return {
        "kid": found["kernel_inception_distance_mean"],
        "kid_std": found["kernel_inception_distance_std"],
    }


def logits(real, fake):
    return fake[:, :1008] * 2.0  # (num, classes)


def probabilities(real, fake):
    exponents = np.exp(logits(real, fake))
    return exponents / exponents.sum(axis=1, keepdims=True)


def inception_ours(prepared):
    from gan_keras.metrics import inception_score

    mean, std = inception_score(prepared, seed=2020)
    return {"inception_score": mean, "inception_score_std": std}


def inception_torch_fidelity(prepared):
    import torch
    from torch_fidelity import metric_isc

    found = metric_isc.isc_features_to_metric(torch.from_numpy(prepared), 10, True, 2020)
    return {
        "inception_score": found["inception_score_mean"],
        "inception_score_std": found["inception_score_std"],
    }


# group: {contender: (what it needs installed, prepare, run)}
GROUPS = {
    "precision, recall, density, coverage (k=5)": {
        "gan_keras": (None, both, manifolds_ours),
        "prdc": ("prdc", both, manifolds_prdc),
    },
    "Fréchet distance, from moments": {
        "gan_keras": (None, moments, frechet_ours),
        "scipy.linalg.sqrtm": ("scipy", moments, frechet_scipy),
        "torch-fidelity": ("torch_fidelity", moments, frechet_torch_fidelity),
    },
    "inception score (1,008 classes, 10 splits)": {
        "gan_keras": (None, probabilities, inception_ours),
        "torch-fidelity": ("torch_fidelity", logits, inception_torch_fidelity),
    },
    "precision, recall (k=3)": {
        "gan_keras": (None, both, precision_ours),
        "torch-fidelity": ("torch_fidelity", tensors, precision_torch_fidelity),
    },
    "kernel distance (100 subsets of 1,000)": {
        "gan_keras": (None, both, kernel_ours),
        "torch-fidelity": ("torch_fidelity", tensors, kernel_torch_fidelity),
    },
}


def peak(*, reset=False):
    """Bytes, the most this process has held; on Linux, since the last reset."""
    if reset:
        with contextlib.suppress(OSError), open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    with contextlib.suppress(OSError), open("/proc/self/status") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def one(*, group, contender, num, width):
    """Runs one contender here: its values, and what they cost."""
    _, prepare, run = GROUPS[group][contender]
    # Once on little data, so that imports and threads are not in the bill.
    run(prepare(features(1100, 16, 0), features(1100, 16, 1)))
    prepared = prepare(features(num, width, 0), features(num, width, 1))
    before, seconds, cpu = peak(reset=True), time.perf_counter(), time.process_time()
    values = run(prepared)
    return {
        "values": values,
        "seconds": time.perf_counter() - seconds,
        "cpu_seconds": time.process_time() - cpu,
        "bytes": peak() - before,
    }


def table(rows):
    """Lines of a Markdown table, and of the setting of each group in it."""
    cells = []
    for row in rows:
        gap = "" if row["difference"] is None else f"{row['difference']:.1e}"
        cells.append(
            [
                f"{row['score']}: {row['by']}",
                ", ".join(f"{value:.6g}" for value in row["values"].values()),
                gap,
                f"{row['seconds']:.2f}",
                f"{row['cpu_seconds']:.2f}",
                f"{row['bytes'] / 1e6:.0f}",
            ]
        )
    lines = report.table(HEAD, cells)
    settings = dict.fromkeys(row["setting"] for row in rows)
    for setting in settings:
        groups = dict.fromkeys(row["score"] for row in rows if row["setting"] == setting)
        of_some = f"{'; '.join(groups)}: " if len(settings) > 1 else ""
        lines += ["", f"{of_some}{setting}"]
    return lines


def setting(arguments, machine):
    """One line on how rows came about."""
    return (
        f"{arguments.num:,} x {arguments.width:,} float64 features a side, numpy "
        f"{np.__version__}, {arguments.threads} threads in use, fastest of {arguments.repeats} "
        f"runs; {report.described(machine)}"
    )


def write(rows):
    """Write the results and the page; groups that were not run keep what they had."""
    kept = json.loads(RESULT.read_text()) if RESULT.exists() else []
    done = {row["score"] for row in rows}
    order = list(GROUPS)
    rows = [*rows, *(row for row in kept if row["score"] not in done)]
    rows.sort(key=lambda row: order.index(row["score"]))
    RESULT.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    report.put(PAGE, "metrics", table(rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--num", type=int, default=10_000)
    parser.add_argument("--width", type=int, default=2048)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--only", default="", help="groups whose name begins so")
    arguments = parser.parse_args()
    os.environ |= {f"{name}_NUM_THREADS": str(arguments.threads) for name in ("OMP", "OPENBLAS")}
    size = {"num": arguments.num, "width": arguments.width}
    how, rows = setting(arguments, report.machine()), []
    for group, contenders in GROUPS.items():
        if not group.startswith(arguments.only):
            continue
        present = []
        for contender, (needs, _, _) in contenders.items():
            if needs is None or importlib.util.find_spec(needs):
                present.append(contender)
            else:
                print(f'{group}: {contender} skipped; pip install "gan-keras[bench]"')
        runs = {contender: [] for contender in present}
        for _ in range(arguments.repeats):
            for contender in present:
                which = {"group": group, "contender": contender}
                runs[contender].append(resumable.in_process(one, **which, **size))
        ours = runs["gan_keras"][0]["values"]
        for contender in present:
            best = min(runs[contender], key=lambda run: run["seconds"])
            row = {
                "score": group,
                "by": contender,
                "setting": how,
                "values": best["values"],
                "difference": None
                if contender == "gan_keras"
                else max(
                    abs(ours[name] - value) / max(abs(value), 1e-12)
                    for name, value in best["values"].items()
                ),
                "seconds": best["seconds"],
                "cpu_seconds": best["cpu_seconds"],
                "bytes": min(run["bytes"] for run in runs[contender]),
                "all_seconds": [round(run["seconds"], 3) for run in runs[contender]],
            }
            rows.append(row)
            print(table([row])[2], flush=True)
        write(rows)  # after each group: the slow peers come last


if __name__ == "__main__":
    main()
