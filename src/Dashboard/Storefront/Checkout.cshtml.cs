using System.Globalization;
using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Schema.Checkout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Storefront;

/// <summary>The tickets of one type that the buyer chose.</summary>
/// <param name="Index">The position in the input, which error paths refer to.</param>
/// <param name="Id">The ticket type.</param>
/// <param name="Quantity">1 to 100.</param>
/// <param name="Type">The ticket type as displayed; null if the event has no ticket type with this id.</param>
public sealed record ChosenTickets(int Index, Guid Id, int Quantity, ResultNode Type)
{
    public long Amount => Type["price"].Number * Quantity;
}

/// <summary>
/// Asks for the buyer's details and the names on the tickets, and checks out. The query string carries the chosen
/// quantities.
/// </summary>
public sealed class CheckoutPage(StorefrontOperations operations, PageRunner runner, IBuyerLimits limits)
    : StorefrontPage(runner, limits)
{
    public ResultNode Event { get; private set; }

    public IReadOnlyList<ChosenTickets> Lines { get; private set; } = [];

    public long Total => Lines.Sum(line => line.Amount);

    /// <summary>The number of names to ask for; 0 for a single ticket, which goes to the buyer.</summary>
    public int Names => Lines.Sum(line => line.Quantity) is > 1 and <= CartReader.MaxTickets and var count ? count : 0;

    /// <summary>The path back to the event, with the current quantities.</summary>
    public string EventPath => $"/e{Request.Path.Value!["/checkout".Length..]}{Request.QueryString}";

    public async Task<IActionResult> OnGetAsync()
    {
        await ReadAsync();
        return Show();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await ReadAsync();
        var form = await ReadFormAsync();
        try
        {
            await Limits.CountCheckoutAsync(HttpContext);
            if (await CheckOutAsync(form) is { } next)
                return See(next);
        }
        catch (ApiError refusal) when (refusal.ErrorCode is ErrorCode.RateLimited or ErrorCode.ValidationError)
        {
            Error = refusal;
        }

        Response.StatusCode = Error!.ErrorCode.HttpStatus();
        return Show();
    }

    public static string NameField(ChosenTickets line, int number) => $"items[{line.Index}].attendees[{number}].name";

    /// <summary>The error in the choice of a ticket type; null if there is none.</summary>
    public string? FaultOf(ChosenTickets line) => FaultOf(null, $"items[{line.Index}].quantity")
        ?? FaultOf(null, $"items[{line.Index}].ticket_type_id");

    /// <returns>The path to redirect to; null if the checkout failed.</returns>
    private async Task<string?> CheckOutAsync(IFormCollection form)
    {
        var result = await RunAsync(operations.CheckOut, Variables(form), ClaimOf(
            form, operations.CheckOut, isShared: true, Request.Path.Value!, $"{Request.QueryString}"));
        Error = result.Error;
        if (Error is not null)
            return null;
        var checkout = result.Data.Root;
        var order = $"/order?token={checkout["checkoutToken"]}";
        switch (checkout["status"].Text)
        {
            case "failed":
                Error = ApiError.Unprocessable("The payment was declined. You were not charged.", "payment_method");
                return null;
            case "pending" when !checkout["clientSecret"].IsNull:
                return order.Replace("/order", "/order/pay", StringComparison.Ordinal);
            default:
                return order;
        }
    }

    /// <exception cref="ApiError">The body isn't a valid form.</exception>
    private async Task<IFormCollection> ReadFormAsync()
    {
        try
        {
            return await Request.ReadFormAsync(HttpContext.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
        {
            throw ApiError.Validation(null, "The form could not be read. Go back, reload the page, and try again.");
        }
    }

    private async Task ReadAsync()
    {
        Event = await ReadAsync(operations.Event, EventVariables);
        var types = Event["ticketTypes"].Items.ToDictionary(type => type["id"].Text);
        Lines =
        [
            .. Chosen().Take(CartReader.MaxItems).Select((chosen, index) => new ChosenTickets(
                index, chosen.Id, chosen.Quantity, types.GetValueOrDefault($"{chosen.Id}")))
                .Where(line => !line.Type.IsNull),
        ];
    }

    private IEnumerable<(Guid Id, int Quantity)> Chosen()
    {
        foreach (var (name, value) in Request.Query)
        {
            if (Guid.TryParseExact(name, "D", out var id)
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity)
                && quantity is > 0 and <= CartReader.MaxTickets)
                yield return (id, quantity);
        }
    }

    private IActionResult Show() => Lines.Count > 0
        ? Page()
        : See($"/e{Request.Path.Value!["/checkout".Length..]}?{EventPage.Empty}=1#tickets");

    private Dictionary<string, object?> Variables(IFormCollection form) => new()
    {
        ["event_id"] = Event["id"].Text,
        ["buyer_name"] = Text(form, "buyer_name"),
        ["buyer_email"] = Text(form, "buyer_email"),
        ["payment_method"] = Text(form, "payment_method") is { Length: > 0 } method ? method : null,
        ["items"] = Lines.Select(line => (object?)new Dictionary<string, object?>
        {
            ["ticketTypeId"] = $"{line.Id}",
            ["quantity"] = line.Quantity,
            ["attendees"] = Attendees(line, form),
        }).ToList(),
    };

    /// <remarks>A ticket without a name gets the buyer's.</remarks>
    private static List<object?> Attendees(ChosenTickets line, IFormCollection form) =>
    [
        .. Enumerable.Range(0, line.Quantity).Select(number => Text(form, NameField(line, number)).Trim())
            .Select(name => new Dictionary<string, object?> { ["name"] = name.Length > 0 ? name : null }),
    ];

    private static string Text(IFormCollection form, string field) => $"{form[field]}" is var text
        && TextRules.IsSound(text) ? text : throw ApiError.Validation(field, TextRules.Unsound);
}
