"""A table to NDJSON with pandas."""
import os
import pandas as pd
import sqlalchemy

engine = sqlalchemy.create_engine("postgresql+psycopg2://")
df = pd.read_sql_table("kept", engine, schema="bench")
df["data_pedido"] = df["data_pedido"].dt.strftime("%Y-%m-%d")
df.to_json(os.environ["OUT"], orient="records", lines=True, force_ascii=False)
