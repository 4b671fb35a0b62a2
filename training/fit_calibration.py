"""Fits what each embedded model's word is worth: `python fit_calibration.py <claims.jsonl> ...` writes src/models/calibration.json.

The claims come from `npm run evaluate -- --style validation`: claims about scenes of a split of their own, with how each model
stands to them and what it answers when asked. For each kind of claim a logistic regression adds up the models' evidence as
src/core/evidence/weigh.ts does, drawn towards the neutral values of calibration.ts where there are few claims.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from vlmkit.repository import ROOT

OUT = ROOT / "src" / "models" / "calibration.json"
STANCES = ("certain", "hedged", "rival", "silent")
NEUTRAL_SAID = torch.tensor([0.68, 0.1, -0.68, -0.68])
# and what a yes and a no are worth, the bias, and what assurance adds to the last two
NEUTRAL_CHECKED = torch.tensor([0.5, 0.05, -0.5, -0.5, 0.4, 0.4, 0.0, 0.0, 0.0])
PULL = 1.0  # strength of the pull towards neutral, in claims
SUREST = 0.995
Claims = list[dict]


def design(claims: Claims, models: list[str], checked: bool) -> Tensor:
    """[N, models * width]: one column a stance of a model; where it was asked, what `checkEvidence` multiplies."""
    width = len(NEUTRAL_CHECKED if checked else NEUTRAL_SAID)
    x = torch.zeros(len(claims), len(models) * width)
    for row, claim in enumerate(claims):
        for m, model in enumerate(models):
            said = claim["models"].get(model, {"stance": "absent"})
            if said["stance"] in STANCES:
                x[row, m * width + STANCES.index(said["stance"])] = 1
            if checked and "yes" in said:
                odds = float(torch.logit(torch.tensor(min(SUREST, max(1 - SUREST, said["yes"])))))
                above = said["assurance"] - 0.5
                asked = (max(odds, 0), min(odds, 0), 1, min(odds, 0) * above, above)
                x[row, m * width + 4 : (m + 1) * width] = torch.tensor(asked)
    return x


def fit(x: Tensor, y: Tensor, prior: Tensor) -> Tensor:
    """Weights [models * width] that minimise the cross entropy, pulled towards `prior`."""
    weights = prior.clone().requires_grad_()
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = F.binary_cross_entropy_with_logits(x @ weights, y, reduction="sum")
        loss = loss + PULL * ((weights - prior) ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return weights.detach()


def calibrate(claims: Claims, models: list[str]) -> dict[str, dict]:
    """Calibration of every model for one kind of claim."""
    y = torch.tensor([float(claim["isTrue"]) for claim in claims])
    said = fit(design(claims, models, False), y, NEUTRAL_SAID.repeat(len(models))).reshape(len(models), 4)
    found = {model: {"said": stances(said[m])} for m, model in enumerate(models)}
    if any("yes" in each for claim in claims for each in claim["models"].values()):
        both = fit(design(claims, models, True), y, NEUTRAL_CHECKED.repeat(len(models))).reshape(len(models), -1)
        for m, model in enumerate(models):
            yes, no, bias, assured_no, assured_bias = (round(float(weight), 3) for weight in both[m, 4:])
            check = {"yes": yes, "no": no, "bias": bias, "assured": {"no": assured_no, "bias": assured_bias}}
            found[model]["checked"] = {"said": stances(both[m, :4]), "check": check}
    x = design(claims, models, False)
    print(f"{claims[0]['kind']}: {len(claims)} claims, {y.mean():.3f} true, log loss "
          f"{F.binary_cross_entropy_with_logits(x @ said.flatten(), y):.3f}")
    return found


def stances(weights: Tensor) -> dict[str, float]:
    return {stance: round(float(weight), 3) for stance, weight in zip(STANCES, weights, strict=True)}


def main(paths: list[str]) -> None:
    claims = [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    models = sorted({model for claim in claims for model in claim["models"]})
    found: dict[str, dict] = {model.removeprefix("embedded/"): {} for model in models}
    for kind in sorted({claim["kind"] for claim in claims}):
        own = [claim for claim in claims if claim["kind"] == kind]
        for model, calibration in calibrate(own, models).items():
            found[model.removeprefix("embedded/")][kind] = calibration
    OUT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
