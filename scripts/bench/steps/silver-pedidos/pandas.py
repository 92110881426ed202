"""Silver pedidos with pandas: methods of columns, no Python per value."""
import os
import pandas as pd

STATUS = {
    "Pago": "paga paid approved aprovado aprovada",
    "Pendente": "pending created criado aguardando aguardando_pagamento",
    "Processando": "processing invoiced faturado em_processamento "
                   "em_separação em_separacao",
    "Enviado": "enviada shipped despachado em_trânsito em_transito",
    "Entregue": "delivered completed "
                "concluído concluída concluido concluida",
    "Cancelado": "cancelada canceled cancelled unavailable "
                 "indisponível indisponivel",
    "Devolvido": "devolvida returned refunded reembolsado estornado",
}
STATUS = {w.replace("_", " "): to for to, words in STATUS.items()
          for w in [to.lower(), *words.split()]}
MONTHS = {m: f"{i:02}" for i, m in enumerate(
    "jan fev mar abr mai jun jul ago set out nov dez".split(), 1)}
MONEY = (
    r"^(?:(?:R\$|BRL)[ \xa0]*(?=\d{1,3}(?:\.\d{3})+$)"  # R$ 1.500
    r"|(?:(?:R\$|BRL)[ \xa0]*)?(?=\d+(?:[.,]\d\d?)?$"   # 1500 1500,5
    r"|\d{1,3}(?:\.\d{3})+,\d\d?$"                      # 1.500,00
    r"|\d{1,3}(?:,\d{3})+\.\d\d?$))"                    # 1,500.00
    r"([\d.,]*?)(?:[.,](\d\d?))?$")
NULLS = ["", "NULL", "N/A", "-"]


def quantity(s):
    s = s.str.extract(r"^(\d+)(?:[.,]0{1,2})?$", expand=False)
    s = pd.to_numeric(s)
    return s.where(s >= 1)


def money(s):
    m = s.str.extract(MONEY)
    whole = m[0].str.replace("[.,]", "", regex=True)
    return pd.to_numeric(whole + "." + m[1].fillna("0"))


def day(s):
    d = s.str.extract(r"^(\d{4})([-/]?)(\d\d)\2(\d\d)(?:[T ].*)?$")
    iso = d[0] + "-" + d[2] + "-" + d[3]
    s = s[iso.isna()]
    d = s.str.extract(r"^(\d\d?)([-/.])(\d\d?)\2(\d{4})(?: .*)?$")
    rest = d[3] + "-" + d[2].str.zfill(2) + "-" + d[0].str.zfill(2)
    s = s[rest.isna()]
    d = s.str.extract(r"^(\d\d?)(?: de |[ /])([a-z]{3})[a-zç]*"
                      r"(?: de |[ /])(\d{4})$")
    rest = rest.fillna(d[2] + "-" + d[1].map(MONTHS) + "-"
                       + d[0].str.zfill(2))
    iso = iso.fillna(rest)
    valid = pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce").notna()
    return iso.where(valid & (iso <= os.environ["TODAY"]))


df = pd.read_json(os.environ["DATA"] + "/raw/pedidos.ndjson", lines=True,
                  dtype=False, convert_dates=False)
df = df.apply(lambda column: column.str.strip())
df = df.mask(df.isin(NULLS))
df["quantidade"] = quantity(df["quantidade"])
df["status"] = df["status"].str.lower().map(STATUS)
df["valor_total"] = money(df["valor_total"])
df["data_pedido"] = day(df["data_pedido"])
df = df.dropna(subset=df.columns.drop("status"))
df = df.drop_duplicates("id_pedido", keep="first")
df["quantidade"] = df["quantidade"].astype(int)
df.to_json(os.environ["OUT"], orient="records", lines=True, force_ascii=False)
