using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;

namespace Equaticket.Schema.Payments;

/// <summary>
/// The built-in test payment, which moves no money. Its methods have the names of Stripe's
/// test payment methods.
/// </summary>
internal static class TestPayment
{
    public const string Accepted = "pm_card_visa";
    public const string Declined = "pm_card_chargeDeclined";

    /// <param name="method">The buyer's choice; defaults to the one that succeeds.</param>
    /// <exception cref="ApiError">The method does not exist.</exception>
    public static bool Accepts(string? method) => method switch
    {
        null or Accepted => true,
        Declined => false,
        _ => throw ApiError.Validation(
            "paymentMethod", $"The test payment only supports {Accepted} and {Declined}."),
    };

    public static string Reference(Order order) => $"test_{order.Id:N}";
}
