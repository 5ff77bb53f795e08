"""The words of the payment page in the languages of the sites that use it."""

TEXTS = {
    "en": {
        "sandbox": "Sandbox: no money moves",
        "title": "Pay {amount}",
        "for": "For",
        "email": "Receipt email",
        "choose": "How would you like to test this payment?",
        "4242": "Card 4242 4242 4242 4242: the payment goes through",
        "3220": "Card 4000 0000 0000 3220: the bank asks you to confirm (3-D Secure)",
        "0002": "Card 4000 0000 0000 0002: the bank says no",
        "9995": "Card 4000 0000 0000 9995: not enough money on the card",
        "0069": "Card 4000 0000 0000 0069: the card has expired",
        "pay": "Pay {amount}",
        "back": "Go back without paying",
        "declined": "The payment did not go through",
        "declined_more": "The card was declined. Nothing was taken. Choose another card and try again.",
        "no_challenge": "The bank could not confirm that it was you. Nothing was taken. Choose a card and try again.",
        "bank_title": "Your bank asks: is this you?",
        "bank_more": "A payment of {amount} to {name} waits for your answer.",
        "approve": "Yes, approve the payment",
        "refuse": "No, refuse it",
        "done_title": "This payment is complete",
        "done_more": "You can close this page or go back to the site.",
        "return": "Go back to the site",
        "expired_title": "This payment page has expired",
        "expired_more": "Nothing was taken. Go back to the site to start again.",
        "gone_title": "There is no such payment page",
        "gone_more": "Check the address, or go back to the site you came from.",
    },
    "fr": {
        "sandbox": "Bac à sable : aucun argent ne circule",
        "title": "Payer {amount}",
        "for": "Pour",
        "email": "Adresse du reçu",
        "choose": "Comment voulez-vous essayer ce paiement ?",
        "4242": "Carte 4242 4242 4242 4242 : le paiement passe",
        "3220": "Carte 4000 0000 0000 3220 : la banque vous demande de confirmer (3-D Secure)",
        "0002": "Carte 4000 0000 0000 0002 : la banque refuse",
        "9995": "Carte 4000 0000 0000 9995 : provision insuffisante",
        "0069": "Carte 4000 0000 0000 0069 : la carte a expiré",
        "pay": "Payer {amount}",
        "back": "Revenir sans payer",
        "declined": "Le paiement n’est pas passé",
        "declined_more": "La carte a été refusée. Rien n’a été prélevé. Choisissez une autre carte et réessayez.",
        "no_challenge": "La banque n’a pas pu confirmer que c’était vous. Rien n’a été prélevé."
        " Choisissez une carte et réessayez.",
        "bank_title": "Votre banque demande : est-ce bien vous ?",
        "bank_more": "Un paiement de {amount} à {name} attend votre réponse.",
        "approve": "Oui, approuver le paiement",
        "refuse": "Non, le refuser",
        "done_title": "Ce paiement est terminé",
        "done_more": "Vous pouvez fermer cette page ou revenir au site.",
        "return": "Revenir au site",
        "expired_title": "Cette page de paiement a expiré",
        "expired_more": "Rien n’a été prélevé. Revenez au site pour recommencer.",
        "gone_title": "Cette page de paiement n’existe pas",
        "gone_more": "Vérifiez l’adresse, ou revenez au site d’où vous venez.",
    },
}
WITHOUT_CENTS = frozenset(
    {
        *("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga"),
        *("pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"),
    }
)
WITH_MILLS = frozenset({"bhd", "jod", "kwd", "omr", "tnd"})


def language(locale: str | None) -> str:
    return "fr" if (locale or "").startswith("fr") else "en"


def amount(minor: int, code: str, lang: str) -> str:
    """1030 usd -> "USD 10.30" or "10,30 USD"; currencies without cents as Stripe counts them."""
    places = 0 if code in WITHOUT_CENTS else 3 if code in WITH_MILLS else 2
    digits = str(minor).rjust(places + 1, "0")
    whole, rest = (digits[:-places], digits[-places:]) if places else (digits, "")
    groups = f"{int(whole):,}".replace(",", "\u202f" if lang == "fr" else ",")
    number = groups + ({"fr": ","}.get(lang, ".") + rest if rest else "")
    return f"{number}\u00a0{code.upper()}" if lang == "fr" else f"{code.upper()}\u00a0{number}"
