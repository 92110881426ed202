"""Records into a table with psycopg2's execute_values."""
import json
import os
import psycopg2
from psycopg2.extras import execute_values

COLUMNS = ["id_pedido", "id_cliente", "id_produto", "quantidade", "status",
           "valor_total", "data_pedido"]


def rows(file):
    for line in file:
        record = json.loads(line)
        yield [record[c] for c in COLUMNS]


with psycopg2.connect("") as db, db.cursor() as cursor, \
        open(os.environ["DATA"] + "/silver/pedidos.ndjson") as file:
    execute_values(cursor,
                   f"INSERT INTO bench.pedidos ({', '.join(COLUMNS)}) VALUES %s",
                   rows(file), page_size=10000)
