namespace Equaticket.Persistence.Orders;

/// <summary>The form in which e-mail addresses are compared: whole, letter case aside.</summary>
public static class EmailKeys
{
    public static string Of(string email) => email.Trim().ToLowerInvariant();
}
