"""CSV to NDJSON with pandas, every field a string."""
import os
import pandas as pd

df = pd.read_csv(os.environ["DATA"] + "/raw/pedidos.csv", dtype=str,
                 keep_default_na=False)
df.to_json(os.environ["OUT"], orient="records", lines=True, force_ascii=False)
