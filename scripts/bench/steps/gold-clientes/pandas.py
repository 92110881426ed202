"""Gold clientes with pandas: merges, groupby, lists by a join of strings."""
import os
import pandas as pd


def read(name, columns):
    df = pd.read_json(f"{os.environ['DATA']}/silver/{name}.ndjson",
                      lines=True, dtype=False, convert_dates=False)
    return df[columns]


def listed(df, column):
    """The distinct values of each cliente, sorted, in one text."""
    df = df[["id_cliente", column]].dropna().drop_duplicates()
    df = df.sort_values(column)
    return df.groupby("id_cliente")[column].agg(", ".join)


pedidos = read("pedidos", ["id_cliente", "id_produto", "valor_total",
                           "data_pedido"])
produtos = read("produtos", ["id_produto", "nome_produto", "categoria"])
clientes = read("clientes", ["id_cliente", "nome", "cidade", "idade"])
df = pedidos.merge(produtos, on="id_produto", how="left")
df = df[df["id_cliente"].isin(clientes["id_cliente"])]
gold = df.groupby("id_cliente").agg(
    total_pedidos=("valor_total", "size"),
    total_gasto=("valor_total", "sum"),
    data_primeiro_pedido=("data_pedido", "min"),
    data_ultimo_pedido=("data_pedido", "max"))
gold["total_gasto"] = gold["total_gasto"].round(2)
gold["categorias_compradas"] = listed(df, "categoria")
gold["produtos_comprados"] = listed(df, "nome_produto")
gold = clientes.merge(gold, on="id_cliente")
gold.to_json(os.environ["OUT"], orient="records", lines=True,
             force_ascii=False)
