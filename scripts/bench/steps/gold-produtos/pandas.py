"""Gold produtos with pandas: sums by produto, then a merge."""
import os
import pandas as pd


def read(name, columns):
    df = pd.read_json(f"{os.environ['DATA']}/silver/{name}.ndjson",
                      lines=True, dtype=False, convert_dates=False)
    return df[columns]


pedidos = read("pedidos", ["id_produto", "quantidade", "valor_total"])
produtos = read("produtos", ["id_produto", "nome_produto", "categoria",
                             "estoque"])
gold = pedidos.groupby("id_produto", as_index=False).agg(
    total_vendido=("quantidade", "sum"),
    total_receita=("valor_total", "sum"))
gold["total_receita"] = gold["total_receita"].round(2)
gold = produtos.rename(columns={"estoque": "estoque_atual"}).merge(
    gold, on="id_produto")
gold.to_json(os.environ["OUT"], orient="records", lines=True,
             force_ascii=False)
