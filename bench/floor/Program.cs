using Equaticket.Floor;
using Npgsql;

// The cost of endpoints that are each written by hand for one response: raw Npgsql with prepared statements, one round
// trip, and Utf8JsonWriter. The responses match the product's byte for byte. It checks the key and sends the request
// id, rate limits, ETag, and cursors, but it doesn't validate, log activity, or encrypt.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var connection = new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("Equaticket"))
{
    Timezone = "UTC",
    MinPoolSize = 4,
    MaxAutoPrepare = 50,
    AutoPrepareMinUsages = 1,
    NoResetOnClose = true,
};
await using var database = NpgsqlDataSource.Create(connection.ConnectionString);
var door = await Door.OpenAsync(database);
var publicUrl = builder.Configuration["Equaticket:PublicUrl"]!;
var orders = new OrderPages(database, door);
var events = new EventPages(database, door, publicUrl);
var listing = new ListingPages(database, publicUrl);
var graph = new GraphPages(database, door);
var checkouts = new CheckoutPages(database);
var app = builder.Build();
app.MapGet("/readyz", () => "ready");
app.MapGet("/api/v1/orders", orders.ListAsync);
app.MapGet("/api/v1/events/{id}", events.GetAsync);
app.MapPost("/api/v1/events", events.CreateAsync);
app.MapGet("/api/v1/public/events", listing.ListAsync);
app.MapPost("/graphql", http => http.Request.Headers.ContainsKey("Idempotency-Key")
    ? checkouts.AnswerAsync(http)
    : graph.AnswerAsync(http));
await app.RunAsync();
