using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;

namespace Equaticket.Schema.Payments;

/// <summary>
/// The built-in payment of test mode, which moves no money. Its methods are named as Stripe names its
/// own for tests.
/// </summary>
internal static class TestPayment
{
    public const string Accepted = "pm_card_visa";
    public const string Declined = "pm_card_chargeDeclined";

    /// <param name="method">The buyer's choice; what succeeds when there is none.</param>
    /// <exception cref="ApiError">There is no such method.</exception>
    public static bool Accepts(string? method) => method switch
    {
        null or Accepted => true,
        Declined => false,
        _ => throw ApiError.Validation(
            "paymentMethod", $"The test payment only supports {Accepted} and {Declined}."),
    };

    public static string Reference(Order order) => $"test_{order.Id:N}";
}
