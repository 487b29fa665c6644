"""What campaigns hold on people; see core.personal_data."""

from campaigns.models import SignUp, Subscriber
from campaigns.newsletter import subscribing
from campaigns.taking_part import signing
from core.email_addresses import normalised
from core.personal_data import Holding

HOLDINGS = [
    Holding(SignUp, lambda address: SignUp.objects.filter(email_key=normalised(address)), erase=signing.take_back),
    Holding(
        Subscriber, lambda address: Subscriber.objects.filter(email_key=normalised(address)), erase=subscribing.refuse
    ),
]
