"""
Ranking by a trained model, as far as it needs no database (W10).

* :mod:`~dakehu.ranking.rules.inputs`: what a model may know about a subscriber on a day;
* :mod:`~dakehu.ranking.rules.splitting`: which days it learns from, and which examine it;
* :mod:`~dakehu.ranking.rules.learning`: growing the trees, calibrating them, their baselines;
* :mod:`~dakehu.ranking.rules.scoring`: scores, probabilities and what pushed them;
* :mod:`~dakehu.ranking.rules.metrics`: how well a score did.

LightGBM and scikit-learn are an extra of the installation, so they are imported only inside the
functions that need them.
"""
