# Silver pedidos with jq: one input after the other, an object of keys seen.
def word:
	if . == null then null
	else if startswith(" ") or endswith("\t")
		then sub("^[ \t]+"; "") | sub("[ \t]+$"; "") else . end
		| if IN("", "NULL", "N/A", "-") then null else . end
	end;

def quantity:
	if . == null or (test("^\\d+([.,]00?)?$") | not) then null
	else split(",")[0] | tonumber | select(. >= 1) // null end;

def money:
	if . == null then null
	elif test("^\\d+([.]\\d\\d?)?$") then tonumber
	elif test("^((R\\$|BRL)[ \u00a0]*)?(\\d+|\\d{1,3}(\\.\\d{3})+),\\d\\d?$")
		# behind R$ a point may group and no cents follow
		or test("^(R\\$|BRL)[ \u00a0]*(\\d+|\\d{1,3}(\\.\\d{3})+)$")
	then gsub("[^\\d,]"; "") | sub(","; ".") | tonumber
	elif test("^((R\\$|BRL)[ \u00a0]*)?(\\d+|\\d{1,3}(,\\d{3})+)\\.\\d\\d?$")
	then gsub("[^\\d.]"; "") | tonumber
	else null end;

def two: "0" + . | .[-2:];

def month:
	{ jan: "01", fev: "02", mar: "03", abr: "04", mai: "05", jun: "06",
		jul: "07", ago: "08", set: "09", out: "10", nov: "11",
		dez: "12" }[.];

def day:
	if . == null then null
	elif test("^\\d{4}-\\d\\d-\\d\\d([T ].*)?$") then .[:10]
	elif test("^\\d{4}/\\d\\d/\\d\\d$") then gsub("/"; "-")
	elif test("^\\d{8}$") then "\(.[:4])-\(.[4:6])-\(.[6:])"
	elif test("^\\d\\d?[-/.]\\d\\d?[-/.]\\d{4}( .*)?$")
	then [match("\\d+"; "g").string]
		| "\(.[2])-\(.[1] | two)-\(.[0] | two)"
	elif test("^\\d\\d?( de |[ /])[a-zç]+( de |[ /])\\d{4}$")
	then [match("\\d+|[a-zç]{3,}"; "g").string]
		| "\(.[2])-\(.[1][:3] | month)-\(.[0] | two)"
	else null end
	# is there such a day?
	| if . != null and . <= $today and . == (try (strptime("%Y-%m-%d")
		| mktime | strftime("%Y-%m-%d")) catch null)
	then . else null end;

# ascii_downcase leaves capitals with accents as they are
def statuses:
	{ Pago: "pago,paga,paid,approved,aprovado,aprovada",
	Pendente: "pendente,pending,created,criado,aguardando,aguardando pagamento",
	Processando: "processando,processing,invoiced,faturado,em processamento,em separação,em separacao,em separaÇÃo",
	Enviado: "enviado,enviada,shipped,despachado,em trânsito,em transito,em trÂnsito",
	Entregue: "entregue,delivered,completed,concluído,concluída,concluido,concluida,concluÍdo,concluÍda",
	Cancelado: "cancelado,cancelada,canceled,cancelled,unavailable,indisponível,indisponivel,indisponÍvel",
	Devolvido: "devolvido,devolvida,returned,refunded,reembolsado,estornado" }
	| [to_entries[] | .key as $value | .value | split(",")[]
		| { key: ., value: $value }] | from_entries;

statuses as $statuses
| foreach (inputs
	| { id_pedido: (.id_pedido | word), id_cliente: (.id_cliente | word),
		id_produto: (.id_produto | word),
		quantidade: (.quantidade | word | quantity),
		status: (.status | word
			| (if . == null then . else $statuses[ascii_downcase] end)),
		valor_total: (.valor_total | word | money),
		data_pedido: (.data_pedido | word | day),
		line: input_line_number }
	| select(.id_pedido != null and .id_cliente != null
		and .id_produto != null and .quantidade != null
		and .valor_total != null and .data_pedido != null)
) as $r ({};
	if has($r.id_pedido) then .
	else setpath([$r.id_pedido]; $r.line) end;
	select(.[$r.id_pedido] == $r.line) | $r | del(.line))
