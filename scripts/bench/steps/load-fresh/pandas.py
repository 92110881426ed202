"""Records into a table with pandas."""
import os
import pandas as pd
import sqlalchemy

engine = sqlalchemy.create_engine("postgresql+psycopg2://")
df = pd.read_json(os.environ["DATA"] + "/silver/pedidos.ndjson", lines=True,
                  dtype=False, convert_dates=False)
df.to_sql("pedidos", engine, schema="bench", if_exists="append", index=False,
          chunksize=10000, method="multi")
