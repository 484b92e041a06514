-- People who write whole requests for wrk, one a thread: every page is read, every form filled and sent, with a bill.
-- Start wrk with as many threads as connections. The environment says who writes (DESK_COOKIE), for which location
-- (DESK_LOCATION), with which file (DESK_BILL) and of what date (DESK_BILL_DATE, year-month-day).

local COOKIE, LOCATION = os.getenv("DESK_COOKIE"), os.getenv("DESK_LOCATION")
local BILL = assert(io.open(os.getenv("DESK_BILL"), "rb")):read("*a")
local YEAR, MONTH, DAY = os.getenv("DESK_BILL_DATE"):match("(%d+)-(%d+)-(%d+)")
local BOUNDARY = "----portdesk-load-d5e1b7a2"
local NEW = "/port-requests/new"
-- A page that only warns lets go when it is sent again.
local TRIES = 2

local threads = {}
local wanted, step, tries, count

sent, failed, why = 0, 0, ""

function setup(thread)
  thread:set("id", #threads)
  threads[#threads + 1] = thread
end

local function get(path)
  wanted = wrk.format("GET", path, { Cookie = COOKIE })
end

local function start()
  step, tries = "", 0
  get(NEW)
end

function init()
  count = 0
  start()
end

function request()
  return wanted
end

local function answers(name)
  if name == "new" then
    return { location = LOCATION }
  elseif name == "terms" then
    return { rates = "yes", keep_active = "yes", texts = "yes", termination = "yes" }
  elseif name == "numbers" then
    -- A number of its own for each request: 100 exchanges of Wyoming a thread.
    local exchange, line = 200 + id * 100 + math.floor(count / 10000), count % 10000
    return {
      name = "Load test " .. count,
      losing_carrier = "Verizon",
      account_number = "LT-" .. count,
      landline = ("(307) %03d-%04d"):format(exchange, line),
      scope = "all",
    }
  elseif name == "contact" then
    return {
      account_type = "residential",
      contact_name = "Dana Ruiz",
      authorized_email = "dana@northgate.example",
      street = "960 Santa Fe Drive",
      city = "Denver",
      state = "CO",
      postal_code = "80204",
    }
  elseif name == "bill" then
    return { proof = "bill", ["bill-month"] = MONTH, ["bill-day"] = DAY, ["bill-year"] = YEAR }
  end
  return {}
end

local function escape(text)
  return (text:gsub("[^%w._-]", function(letter) return ("%%%02X"):format(letter:byte()) end))
end

local function post(path, fields)
  local parts = {}
  for name, value in pairs(fields) do
    parts[#parts + 1] = escape(name) .. "=" .. escape(value)
  end
  local headers = { Cookie = COOKIE, ["Sec-Fetch-Site"] = "same-origin", ["Content-Type"] = "application/x-www-form-urlencoded" }
  wanted = wrk.format("POST", path, headers, table.concat(parts, "&"))
end

local function post_with_bill(path, fields)
  local parts = {}
  for name, value in pairs(fields) do
    parts[#parts + 1] = ('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'):format(BOUNDARY, name, value)
  end
  parts[#parts + 1] = ('--%s\r\nContent-Disposition: form-data; name="files"; filename="bill.pdf"\r\nContent-Type: application/pdf\r\n\r\n'):format(BOUNDARY)
  parts[#parts + 1] = BILL
  parts[#parts + 1] = ("\r\n--%s--\r\n"):format(BOUNDARY)
  local headers = { Cookie = COOKIE, ["Sec-Fetch-Site"] = "same-origin", ["Content-Type"] = "multipart/form-data; boundary=" .. BOUNDARY }
  wanted = wrk.format("POST", path, headers, table.concat(parts))
end

-- Fills the form of the page that is shown: what stands in hidden fields, and the answers.
local function fill(page)
  local form = page:match("<main.*</main>"):match('<form method="post" action="[^"]*".*')
  local action = form:match('action="([^"]*)"'):gsub("&amp;", "&"):gsub("&#38;", "&")
  local name = action:match("([%w_-]+)%f[?#%z]") or ""
  tries = name == step and tries + 1 or 1
  if TRIES < tries then
    return false
  end
  local fields = answers(name)
  for hidden in form:gmatch('<input type="hidden"[^>]*>') do
    local key = hidden:match('name="([^"]*)"')
    fields[key] = fields[key] or hidden:match('value="([^"]*)"')
  end
  local upload = name == "bill" and name ~= step
  step = name
  if upload then post_with_bill(action, fields) else post(action, fields) end
  return true
end

local function give_up(reason)
  failed, why = failed + 1, reason
  start()
end

function response(status, headers, body)
  if status == 303 then
    return get(headers["location"])
  elseif status ~= 200 then
    return give_up(status .. " at " .. step)
  elseif step == "check" and not body:find('<form method="post" action="[^"]*check"') then
    sent, count = sent + 1, count + 1
    return start()
  elseif not fill(body) then
    count = count + 1
    give_up("held up at " .. step)
  end
end

function done(summary)
  local all, lost, last = 0, 0, ""
  for _, thread in ipairs(threads) do
    all, lost = all + thread:get("sent"), lost + thread:get("failed")
    last = thread:get("why") ~= "" and thread:get("why") or last
  end
  local seconds = summary.duration / 1e6
  print(("whole requests: %d in %.1f s, %.1f/s; not sent: %d %s"):format(all, seconds, all / seconds, lost, last))
end
