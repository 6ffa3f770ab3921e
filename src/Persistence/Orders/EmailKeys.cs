namespace Equaticket.Persistence.Orders;

/// <summary>The form in which email addresses are compared: the whole address, ignoring case.</summary>
public static class EmailKeys
{
    public static string Of(string email) => email.Trim().ToLowerInvariant();
}
